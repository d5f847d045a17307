"""Requests and answers of the API. Each request builds the same details as the page's form."""

from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, validate

from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.consent.purposes import Companion
from referral.handoff.followup.actions import AppointmentDetails, AttendanceDetails
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.sight import Sight, Unfit
from referral.handoff.referrals.states import Move, ReferralState

REPLIES = [Move.ACCEPT, Move.REJECT, Move.START, Move.HOLD, Move.RESUME, Move.CANCEL, Move.ASK]
ENDINGS = [Move.COMPLETE, Move.FAIL]
VERSION = (
    "The version of the record that you read; if it is out of date, somebody else wrote first."
)


class Incoming(Schema):
    """A request: a field that is not known is refused, so that nothing is lost unnoticed."""

    class Meta:
        unknown = RAISE


def moment(**more: Any) -> fields.AwareDateTime:
    """A time with its zone."""
    return fields.AwareDateTime(format="iso", **more)


def code(**more: Any) -> fields.String:
    """A code of a list; that it is in the list on that day is for the action to say."""
    return fields.String(validate=validate.Length(max=40), **more)


def words(most: int, **more: Any) -> fields.String:
    """Some words, and how long they may be."""
    return fields.String(validate=validate.Length(max=most), **more)


class MoveIn(Incoming):
    """The fields that a reply and an outcome share."""

    version = fields.Integer(required=True, metadata={"description": VERSION})
    reason = code(load_default=None)
    note = fields.String(validate=validate.Length(max=500), load_default="")

    @post_load
    def details(self, data: dict[str, Any], **_: Any) -> MoveDetails:
        """The move, for `handoff.referrals.actions.move`; `data` is the validated request."""
        data["move"] = Move(data["move"])
        return MoveDetails(seen_version=data.pop("version"), **data)


class ReplyIn(MoveIn):
    """Yes or no to a referral, a question, a pause."""

    move = fields.String(required=True, validate=validate.OneOf([m.value for m in REPLIES]))


class OutcomeIn(MoveIn):
    """How it ended, and what changed for each need; "unknown" is an answer.

    A service that is not told the needs answers once, for "every".
    """

    move = fields.String(required=True, validate=validate.OneOf([m.value for m in ENDINGS]))
    changes = fields.Dict(code(), code(), required=True)


class AppointmentIn(Incoming):
    """When and where the person is expected."""

    starts_at = moment(required=True)
    place = fields.String(validate=validate.Length(max=120), load_default="")

    @post_load
    def details(self, data: dict[str, Any], **_: Any) -> AppointmentDetails:
        """The appointment to book; `data` is the validated request."""
        return AppointmentDetails(**data)


class AttendanceIn(Incoming):
    """Did it take place, did they come (null: not known)? If not held: why, who moved it."""

    version = fields.Integer(required=True, metadata={"description": VERSION})
    took_place = fields.Boolean(required=True)
    came = fields.Boolean(allow_none=True, load_default=None)
    not_held = code(load_default=None)
    moved_by = code(load_default=None)
    moved_to = moment(load_default=None)

    @post_load
    def details(self, data: dict[str, Any], **_: Any) -> AttendanceDetails:
        """The attendance to record; `data` is the validated request."""
        return AttendanceDetails(seen_version=data.pop("version"), **data)


class AttemptIn(Incoming):
    """One try to reach the person."""

    channel = code(required=True)
    result = code(required=True)
    happened_at = moment(required=True)

    @post_load
    def details(self, data: dict[str, Any], **_: Any) -> AttemptDetails:
        """The attempt to record; `data` is the validated request."""
        return AttemptDetails(**data)


class StatementIn(Incoming):
    """Somebody agreed with your organisation that an arrest referral team gets in touch.

    `council` is where they live, `stated_by` who of your organisation heard their yes. A first name
    alone will do. null: nobody asked.
    """

    council = code(required=True)
    stated_by = words(80, required=True)
    forename = words(80, load_default="")
    surname = words(80, load_default="")
    date_of_birth = fields.Date(allow_none=True, load_default=None)
    phone = words(30, load_default="")
    talk = fields.Boolean(required=True, truthy={True}, falsy={False})
    contact = fields.Boolean(allow_none=True, load_default=None, truthy={True}, falsy={False})
    accompanied_by = fields.String(
        load_default="", validate=validate.OneOf(["", *(one.value for one in Companion)])
    )
    accompanied_name = words(80, load_default="")
    needs = fields.List(code(), load_default=list)
    dangers = fields.List(code(), load_default=list)


class StatementOut(Schema):
    """The team has it. Nothing else is told, whether the person is known to anybody or not."""

    received = fields.Boolean()


class PageQuery(Incoming):
    """Which page of a list, from 1."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 10_000))


class RulesOut(Schema):
    """How the person may be reached."""

    channels = fields.List(fields.String())
    safe_times = fields.String()
    no_message = fields.Boolean()
    no_letters = fields.Boolean()


class PersonOut(Schema):
    """The person as they were told to this service, as far as it holds now; null for the rest.

    What became unfit since is empty, and stands in `do_not_use` of the referral.
    """

    name = fields.String()
    phone = fields.String()
    language = fields.String()
    interpreter = fields.Boolean()
    rules = fields.Nested(RulesOut, allow_none=True)
    needs = fields.List(fields.String(), allow_none=True)
    help_now = fields.List(fields.String())
    date_of_birth = fields.Date(allow_none=True)
    sex = fields.String(allow_none=True)
    assessment = fields.List(fields.String())


class ReferralOut(Schema):
    """A referral in a list: no name, no contact."""

    id = fields.UUID(attribute="referral.id")
    reference = fields.String(attribute="referral.reference")
    service = fields.String(attribute="referral.service.name")
    state = fields.String(
        attribute="referral.state", validate=validate.OneOf([s.value for s in ReferralState])
    )
    urgent = fields.Boolean(attribute="referral.urgent")
    version = fields.Integer(attribute="referral.version")
    sent_at = moment(attribute="referral.sent_at")
    due_at = moment(attribute="referral.due_at")
    needs = fields.List(fields.String())


class AppointmentOut(Schema):
    """An appointment; null where nobody has said what happened, or that they cannot come."""

    id = fields.UUID()
    version = fields.Integer()
    starts_at = moment()
    place = fields.String()
    took_place = fields.Boolean(allow_none=True)
    came = fields.Boolean(allow_none=True)
    not_held = fields.String(allow_none=True)
    moved_by = fields.String(allow_none=True)
    cannot_since = moment(allow_none=True)


class EventOut(Schema):
    """One move: when it happened, and when it was recorded."""

    move = fields.String()
    state = fields.String()
    reason = fields.String(allow_none=True)
    note = fields.String()
    by = fields.String(attribute="by_name")
    happened_at = moment()
    recorded_at = moment()


class WholeReferralOut(ReferralOut):
    """A referral with all that its page shows; nothing of the person when they agree to nothing.

    Nor when it has ended: declined, withdrawn or made by mistake it is a reference, a state and a
    reason; else for a time (`sees` is then "outcome") what the service itself wrote.
    """

    sees = fields.String(
        attribute="seen.sight", validate=validate.OneOf([one.value for one in Sight])
    )
    reason = fields.String(allow_none=True, metadata={"description": "Why it ended, by code"})
    do_not_use = fields.List(
        fields.String(validate=validate.OneOf([one.value for one in Unfit])),
        attribute="seen.unfit",
    )
    person = fields.Nested(PersonOut, allow_none=True)
    appointments = fields.List(fields.Nested(AppointmentOut))
    events = fields.List(fields.Nested(EventOut))


class ProblemOut(Schema):
    """An error as RFC 9457 has it."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    errors = fields.Dict()
