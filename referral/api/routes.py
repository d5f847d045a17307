"""The endpoints of version 1: the same queries, actions and consent as a service's pages."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint, abort

from referral.access.guard import acting, public
from referral.access.permissions import Permission
from referral.api.documents import IDEMPOTENCY_KEY
from referral.api.forms import statement_form
from referral.api.guard import allows
from referral.api.schemas import (
    AppointmentIn,
    AttemptIn,
    AttendanceIn,
    OutcomeIn,
    PageQuery,
    ReferralOut,
    ReplyIn,
    StatementIn,
    StatementOut,
    WholeReferralOut,
)
from referral.audit.trail import Tag, record
from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.casework.doors import agency_actions as agency
from referral.clock import now, today
from referral.custody.doors import Way
from referral.db import db
from referral.directory.queries import choices_in, councils
from referral.handoff.followup import actions
from referral.handoff.followup.actions import AppointmentDetails, AttendanceDetails
from referral.handoff.followup.queries import InboxEntry, appointment_for, appointments_of, inbox
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.queries import referral_for, why_ended
from referral.handoff.referrals.sight import Sight
from referral.handoff.referrals.sight_queries import seen_now
from referral.handoff.referrals.states import Side
from referral.web import submit_keys
from referral.web.paging import next_link

blueprint = Blueprint(
    "api", __name__, url_prefix="/api/v1", description="Referrals sent to your services"
)

LINKED = {
    "Link": {
        "description": 'The page that follows, as <...>; rel="next" (RFC 8288), if there is one.',
        "schema": {"type": "string"},
    }
}
A_PAGE = {"description": "A page to read", "content": {"text/html": {}}}
once = blueprint.doc(parameters=[IDEMPOTENCY_KEY])
always_once = blueprint.doc(parameters=[IDEMPOTENCY_KEY | {"required": True}])


@blueprint.get("/referrals")
@allows(Permission.SEE_INBOX)
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, ReferralOut(many=True), headers=LINKED)
def listed(query: dict[str, int]) -> tuple[Sequence[InboxEntry], int, dict[str, str]]:
    """The referrals sent to the services of your key, fifty to a page, who waits for you first.

    The Link header leads to the next page; on the last page there is none.
    """
    found = inbox(acting(), query["page"], now())
    return found.rows, 200, next_link(found)


@blueprint.get("/referrals/<uuid:referral_id>")
@allows(Permission.SEE_INBOX)
@blueprint.response(200, WholeReferralOut)
def read(referral_id: UUID) -> dict[str, Any]:
    """One referral, within what the person agrees to at this moment. Reading it is recorded."""
    referral = referral_for(acting(), referral_id)
    record(Tag.REFERRAL_SEEN, acting(), now(), subject_id=referral.person_id, record_id=referral.id)
    return _whole(referral)


@blueprint.post("/referrals/<uuid:referral_id>/reply")
@once
@allows(Permission.ANSWER_REFERRALS)
@blueprint.arguments(ReplyIn)
@blueprint.response(200, WholeReferralOut)
def reply(details: MoveDetails, referral_id: UUID) -> dict[str, Any]:
    """Accept, decline with a coded reason, ask, start, pause, go on or withdraw."""
    return _write(referral_id, lambda it: move(it, details, Side.TARGET, acting(), now()))


@blueprint.post("/referrals/<uuid:referral_id>/outcome")
@once
@allows(Permission.ANSWER_REFERRALS)
@blueprint.arguments(OutcomeIn)
@blueprint.response(200, WholeReferralOut)
def end(details: MoveDetails, referral_id: UUID) -> dict[str, Any]:
    """End a referral, with what changed for each of its needs."""
    return _write(referral_id, lambda it: move(it, details, Side.TARGET, acting(), now()))


@blueprint.post("/referrals/<uuid:referral_id>/appointments")
@once
@allows(Permission.ANSWER_REFERRALS)
@blueprint.arguments(AppointmentIn)
@blueprint.response(200, WholeReferralOut)
def book(details: AppointmentDetails, referral_id: UUID) -> dict[str, Any]:
    """Book an appointment, or add a past one."""
    return _write(referral_id, lambda it: actions.book(it, details, acting(), now()))


@blueprint.post("/referrals/<uuid:referral_id>/attempts")
@once
@allows(Permission.ANSWER_REFERRALS)
@blueprint.arguments(AttemptIn)
@blueprint.response(200, WholeReferralOut)
def attempt(details: AttemptDetails, referral_id: UUID) -> dict[str, Any]:
    """Log a try to reach the person."""
    return _write(referral_id, lambda it: actions.attempt(it, details, acting(), now()))


@blueprint.post("/appointments/<uuid:appointment_id>/attendance")
@once
@allows(Permission.ANSWER_REFERRALS)
@blueprint.arguments(AttendanceIn)
@blueprint.response(200, WholeReferralOut)
def attend(details: AttendanceDetails, appointment_id: UUID) -> dict[str, Any]:
    """Say what happened at an appointment."""
    appointment = appointment_for(acting(), appointment_id)
    number = appointment.referral_id
    return _write(number, lambda _: actions.say(appointment, details, acting(), now()))


@blueprint.post("/statements")
@always_once
@allows(Permission.STATE_AGREEMENTS)
@blueprint.arguments(StatementIn)
@blueprint.response(201, StatementOut)
def state(said: dict[str, Any]) -> dict[str, bool]:
    """Say that somebody agreed to be referred to the arrest referral team of their area.

    The team meets them as it meets who was sent by telephone: what they agreed to holds for 14 days
    until then. The answer is the same whoever it is, and nothing can be read back.
    """
    form = statement_form(said, choices_in(("need", "danger"), today()), _home())
    if not form.validate():
        abort(422, messages={"json": form.errors})
    if not _key():
        abort(422, messages={"headers": {"Idempotency-Key": ["Send a new UUID each time"]}})
    if _claimed() is None:
        agency.state(form.coming(Way.AGENCY, None), acting(), now())
        submit_keys.spend(request.path)
    db.session.commit()
    return {"received": True}


def _home() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in councils()]


@blueprint.get("/reference")
@public
@blueprint.doc(security=[], responses={200: A_PAGE})
def reference() -> ResponseReturnValue:
    """The same contract as a page to read."""
    spec = current_app.extensions["api_documents"].spec.to_dict()
    return render_template("api/reference.html", spec=spec)


def _key() -> str:
    return request.headers.get("Idempotency-Key", "").strip().strip('"')


def _claimed() -> str | None:
    """Where the same write with the same key led before; None the first time."""
    sent = f"{request.method} {request.full_path}\n{request.get_data(as_text=True)}"
    return submit_keys.claim_key(_key(), acting().user_id, sent)


def _write(referral_id: UUID, deed: Callable[[Referral], object]) -> dict[str, Any]:
    """Do it once: the same Idempotency-Key sent again answers with the referral as it stands.

    A key belongs to one method, address and body. The draft standard writes it in quotation marks.
    """
    key = _key()
    done = _claimed() if key else None
    referral = referral_for(acting(), referral_id, to_change=done is None)
    if done is None:
        deed(referral)
        if key:
            submit_keys.spend(request.path)
    db.session.commit()
    return _whole(referral)


def _whole(referral: Referral) -> dict[str, Any]:
    """What the service sees of a referral now; after its end its own notes, without any words."""
    seen = seen_now(referral, now())
    own = seen.sight is not Sight.REFERENCE
    ended = why_ended(referral)
    return {
        "referral": referral,
        "seen": seen,
        "needs": seen.needs or (),
        "person": seen.person,
        "reason": ended and ended.reason,
        "appointments": appointments_of(referral.id) if own else (),
        "events": referral.events if seen.person else (),
    }
