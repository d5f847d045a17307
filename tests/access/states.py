"""The states that each record can be in, and how a record of world.py gets into one.

A state is written down as its rows would stand, and no more: what an act refuses then, it refuses
by its own rule, and not because a page or an older version would have stopped it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from access.rows import DAY, Put, States, at_once, change_of, user_of, written, yesterday
from editions.states import EDITIONS
from sqlalchemy import Update, select, update

from referral.access.permissions import Role
from referral.accounts.addresses.models import AddressChange
from referral.accounts.users.models import ApiToken, User
from referral.accounts.users.states import UserState
from referral.acts.models import Act
from referral.alerts.models import HarmAlert
from referral.casework.along.models import Going
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import Ending
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint
from referral.casework.contact_plan.points import PointState
from referral.casework.cover.models import Cover
from referral.casework.doors.models import FamilyMessage
from referral.casework.facts.models import SaidFact
from referral.casework.notes.models import CaseNote
from referral.casework.notes.spoken import Why
from referral.casework.saved.models import SavedFilter
from referral.clock import now
from referral.contact.messages.models import PersonMessage, State
from referral.contact.messages.ways import WhyNot
from referral.contact.own_page.models import PersonCard
from referral.custody.leg_models import StayLeg
from referral.custody.models import Booking
from referral.custody.places import Mistake, Place
from referral.db import db
from referral.desk.models import PaperSheet
from referral.directory.models import Code, CustodyCentre, Organisation, Service
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.states import ENDED_STATES, ReferralState
from referral.handoff.referrals.stops import OPEN as STOP_OPEN
from referral.handoff.referrals.stops import StopState
from referral.jobs.models import Job
from referral.jobs.states import JobState
from referral.merging.joining.models import Joining
from referral.official.models import OfficialFile, Throughput
from referral.post.links.models import Link
from referral.post.links.queries import link_in

R = ReferralState


CLOSED = {"closed_at": at_once, "close_reason": "DONE"}
GONE = {"closed_on": yesterday}


def _whose(role: Role, **more: object) -> Put:
    def put(number: str, at: datetime) -> list[Update]:
        return written(Case, worker_id=user_of(role), **more)(number, at)

    return put


def _referral(
    state: ReferralState,
    ago: timedelta = timedelta(0),
    *,
    closed: bool = False,
    service_closed: bool = False,
) -> Put:
    """Sent three days before it ended, which was `ago`; its case or service perhaps closed."""

    def put(number: str, at: datetime) -> list[Update]:
        values = {
            "state": state,
            "sent_at": None if state is R.DRAFT else at - ago - 3 * DAY,
            "ended_at": at - ago if state in ENDED_STATES else None,
        }
        row = db.session.get_one(Referral, UUID(number))
        over = written(Case, **CLOSED)(str(row.case_id), at) if closed else []
        gone = written(Service, **GONE)(str(row.service_id), at) if service_closed else []
        return [change_of(Referral, row.id, **values), *over, *gone]

    return put


REFERRALS: States = {
    **{state.value: _referral(state) for state in R},
    "completed long ago": _referral(R.COMPLETED, ago=20 * DAY),
    "completed, case closed": _referral(R.COMPLETED, closed=True),
    "rejected, case closed": _referral(R.REJECTED, closed=True),
    "requested, service closed": _referral(R.REQUESTED, service_closed=True),
    "accepted, service closed": _referral(R.ACCEPTED, service_closed=True),
}


def _behind(put: Put, of: Callable[[str], UUID]) -> Put:
    """The same of the record that another one belongs to."""
    return lambda number, at: put(str(of(number)), at)


def _said(number: str, at: datetime) -> list[Update]:
    """Somebody has said that they came, now or before."""
    silent = update(Appointment).where(
        Appointment.id == UUID(number), Appointment.said_at.is_(None)
    )
    came = {"took_place": True, "came": True, "said_at": at}
    return [silent.values(version=Appointment.version, **came)]


def _link_of(text: str) -> Link:
    link = link_in(text)
    assert link
    return link


def _link(**values: object) -> Put:
    return _behind(written(Link, **values), lambda text: _link_of(text).id)


def _booking(leg: Mapping[str, object], **values: object) -> Put:
    """The stay, and the last place in it."""

    def put(number: str, at: datetime) -> list[Update]:
        booking = db.session.get_one(Booking, UUID(number))
        said = {k: v(at) if callable(v) else v for k, v in leg.items()}
        last = [change_of(StayLeg, booking.leg.id, **said)] if said else []
        own = written(Booking, **values)(number, at) if values else []
        return [*own, *last]

    return put


def _worker_on_site(number: str, at: datetime) -> list[Update]:
    booking = db.session.get_one(Booking, UUID(number))
    return written(CustodyCentre, access_model="site")(str(booking.leg.centre_id), at)


def _somewhere_else() -> Any:
    return select(CustodyCentre.id).where(CustodyCentre.name == "Oban").scalar_subquery()


def _free(ago: timedelta) -> Put:
    began = {"authorised_at": lambda at: at - ago - DAY} if ago else {}
    out = {"released_at": lambda at: at - ago, "release_route": "UNDERTAKING", "naloxone": "has"}
    since = {"since": lambda at: at - ago - DAY} if ago else {}
    return _booking({"until": lambda at: at - ago, **since}, **began, **out)


def _plan_free(number: str, at: datetime) -> list[Update]:
    del at
    plan = update(ContactPlan).where(ContactPlan.case_id == UUID(number))
    return [plan.values(held_why=None, look_at=None, version=ContactPlan.version)]


def _plan_held(number: str, at: datetime) -> list[Update]:
    plan = update(ContactPlan).where(ContactPlan.case_id == UUID(number))
    held = {"held_why": "REMAND", "look_at": at + DAY, "version": ContactPlan.version}
    return [plan.where(ContactPlan.ended_why.is_(None)).values(**held)]


def _codes_ended(number: str, at: datetime) -> list[Update]:
    del number
    drug = update(Code).where(Code.list_name == "need", Code.code == "DRUG")
    return [drug.values(valid_to=yesterday(at))]


def _sheet_entered(number: str, at: datetime) -> list[Update]:
    stay = select(Booking.id).order_by(Booking.order).limit(1).scalar_subquery()
    entered = {"entered_at": at, "written_at": at, "booking_id": stay, "entered_by": "x"}
    return [update(PaperSheet).where(PaperSheet.number == number).values(**entered)]


def _cards(**values: object) -> Put:
    """All the cards of the one person who may have opened their page."""

    def put(number: str, at: datetime) -> list[Update]:
        del number
        return [
            update(PersonCard).values({k: v(at) if callable(v) else v for k, v in values.items()})
        ]

    return put


CASES: States = {
    "nobody's": written(Case, worker_id=None),
    "the worker's": _whose(Role.WORKER),
    "the lead's": _whose(Role.TEAM_LEAD),
    "closed": _whose(Role.WORKER, **CLOSED),
    "they are in prison": _plan_held,
    "nobody is waited for": _plan_free,
}

# what an address names, the states that it can be in besides that in which the act is offered
OBJECTS: Mapping[str, States] = {
    "case": CASES,
    "other case": CASES,
    "referral": REFERRALS,
    "appointment": {
        **{
            name: _behind(put, lambda n: db.session.get_one(Appointment, UUID(n)).referral_id)
            for name, put in REFERRALS.items()
        },
        "said": _said,
    },
    "stay": {
        "a worker on site": _worker_on_site,
        "free": _free(timedelta(0)),
        "free for five weeks": _free(35 * DAY),
        "a mistake": _booking({}, void_why=Mistake.TWICE, voided_at=at_once),
        "elsewhere": _booking({"centre_id": lambda at: _somewhere_else()}),
        "in prison": _booking({"place": Place.PRISON}),
    },
    "stop": {
        state.value: written(
            Stop, state=state, told_at=at_once, ended_at=None if state in STOP_OPEN else at_once)
        for state in StopState
    },
    "link": {
        "used today": _link(used_at=at_once, answer="x"),
        "used yesterday": _link(used_at=lambda at: at - DAY, answer="x"),
        "stopped": _link(revoked_at=at_once),
        "too old": _link(expires_at=lambda at: at - DAY),
    },
    "asked about": {
        name: _behind(put, lambda text: _link_of(text).about_id) for name, put in REFERRALS.items()
    },
    "account": {state.value: written(User, state=state) for state in UserState},
    "joining": {"parted": written(
        Joining, parted_at=at_once, parted_by_id=lambda at: user_of(Role.TEAM_LEAD))},
    "key": {
        "revoked": written(ApiToken, revoked_at=at_once),
        "too old": written(ApiToken, made_at=lambda at: at - 400 * DAY),
    },
    "alert": {"over": written(HarmAlert, ends_on=yesterday)},
    "work": {
        JobState.WAITING.value: written(Job, state=JobState.WAITING, ended_at=None),
        JobState.RUNNING.value: written(
            Job, state=JobState.RUNNING, ended_at=None, leased_by="x", leased_until=at_once),
        JobState.DONE.value: written(Job, state=JobState.DONE),
        JobState.SETTLED.value: written(Job, state=JobState.SETTLED),
    },
    "address": {
        "over": written(AddressChange, ended_at=at_once),
        "guessed at": written(AddressChange, tries=5),
        "too old": written(AddressChange, asked_at=lambda at: at - 4 * DAY),
    },
    "message": {
        "sent": written(PersonMessage, state=State.SENT, channel="text", ended_at=at_once),
        "stopped": written(
            PersonMessage, state=State.STOPPED, why_not=WhyNot.PLAN, ended_at=at_once),
    },
    "errand": {
        "said": written(Going, became="met", said_at=at_once),
        "called off": written(Going, stopped_at=at_once),
    },
    "family message": {
        "over": written(FamilyMessage, caller="", phone="", whom="", words="", over_at=at_once)},
    "time to ask": {
        state.value: written(ReviewPoint, state=state, closed_at=at_once)
        for state in PointState if state is not PointState.PLANNED
    },
    "note": {"taken back": written(CaseNote, taken_back_at=at_once, why=Why.TWICE, sealed="")},
    "promise": {"kept": written(Promise, ended_at=at_once, ending=Ending.KEPT)},
    "fact": {
        "sure": written(SaidFact, sure_at=at_once),
        "undone": written(SaidFact, undone_at=at_once, undone_by="x"),
    },
    "act": {"taken back": written(
        Act, undone_at=at_once, undone_by_id=lambda at: user_of(Role.CUSTODY_OFFICER))},
    "given": {"taken back": written(
        Act, undone_at=at_once, undone_by_id=lambda at: user_of(Role.TEAM_LEAD))},
    "cover": {
        "ended": written(Cover, ended_at=at_once, ended_by_id=lambda at: user_of(Role.TEAM_LEAD)),
        "over": written(Cover, first_day=yesterday, last_day=yesterday),
    },
    "filter": {"shared": written(SavedFilter, shared=True)},
    "edition": EDITIONS,
    "figure": {"over": written(Throughput, ended_at=at_once)},
    "file": {"taken back": written(OfficialFile, taken_back_at=at_once)},
    "service": {"closed": written(Service, **GONE)},
    "sheet": {"entered": _sheet_entered},
    "centre": {"closed": written(CustodyCentre, **GONE)},
    "organisation": {"closed": written(Organisation, **GONE)},
    "code": {"ended": _codes_ended},
    "own case": {"closed": CASES["closed"]},
    "card": {"stopped": _cards(revoked_at=at_once), "too old": _cards(expires_at=at_once)},
}  # fmt: skip


def put(what: str, state: str, number: str) -> None:
    """Write down that a record is in a state."""
    for statement in OBJECTS[what][state](number, now()):
        db.session.execute(statement.execution_options(synchronize_session=False))
