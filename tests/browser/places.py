"""Where each page stands: for every endpoint, which records of the demo fill its address."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from access.along import asked
from access.doors import called, left
from access.stays import from_register
from crowd import actor, walk
from editions import shelf
from flask import Flask
from official import figures
from sqlalchemy import func, select

from referral.access.permissions import Role, roles_with
from referral.accounts.users.models import User
from referral.acts.models import Act
from referral.alerts.models import HarmAlert
from referral.casework.along.models import Going
from referral.casework.assessment.actions import AssessmentDetails, Need, Use, finish
from referral.casework.assessment.instruments import instruments
from referral.casework.assessment.models import Assessment
from referral.casework.cases.give_actions import give_many
from referral.casework.cases.models import Case, Promise
from referral.casework.contact_plan.actions import PlanDetails, make
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint
from referral.casework.cover.actions import CoverDetails, arrange
from referral.casework.notes.models import CaseNote
from referral.casework.saved.actions import FilterDetails, keep
from referral.casework.saved.models import SavedFilter
from referral.casework.saved.narrowing import Narrowing
from referral.clock import now, today
from referral.custody.doors import Way
from referral.custody.health_actions import acknowledge
from referral.custody.leg_models import StayLeg
from referral.custody.models import Booking
from referral.db import db
from referral.desk.models import PaperSheet
from referral.desk.sheet_actions import print_sheets
from referral.directory.deadlines import Kind
from referral.directory.models import Code, CustodyCentre, Service
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.actions import move, withdraw_sharing
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.sight_queries import seen_of
from referral.handoff.referrals.states import Move, Side
from referral.people.models import Person

# a page that is not here fails the test: place it, with the name of what fills its address
PAGES: Mapping[str, Mapping[str, str]] = {
    "oversight.access": {},
    "oversight.styles": {},
    "oversight.guide": {},
    "credentials.account": {"user_id": "user"},
    "credentials.accounts": {},
    "accounts.home": {},
    "accounts.password": {},
    "accounts.tokens": {},
    "oversight.trail": {},
    "alerts.alert": {"alert_id": "alert"},
    "alerts.posted": {},
    "desk.answer_offer": {"booking_id": "booking"},
    "casefile.case_list": {},
    "owner.give_case": {"case_id": "case"},
    "owner.given": {"given_id": "given"},
    "owner.team": {},
    "calendar.calendar": {},
    "news.news": {},
    "cover.leave": {},
    "saved.filters": {},
    "saved.new": {},
    "saved.change": {"filter_id": "filter"},
    "saved.remove": {"filter_id": "filter"},
    "credentials.invite": {},
    "credentials.lost_app": {"user_id": "user"},
    "desk.centre_now": {},
    "health.here": {},
    "health.lift": {"booking_id": "booking"},
    "health.undo": {"booking_id": "tended", "act_id": "tended_act"},
    "desk.lift": {"booking_id": "booking"},
    "desk.warn": {"booking_id": "booking"},
    "directory.capacity": {"number": "own_service"},
    "directory.centre": {"number": "centre"},
    "directory.code": {"list_name": "list_name", "code": "code", "valid_from": "valid_from"},
    "directory.codes": {"list_name": "list_name"},
    "directory.deadline": {"kind": "deadline"},
    "directory.deadlines": {},
    "directory.front": {},
    "directory.organisation": {"number": "organisation"},
    "directory.own_services": {},
    "loading.services": {},
    "register.load": {},
    "directory.service": {"number": "service"},
    "second_factor.second_factor": {},
    "second_factor.set_up_own": {},
    "escalation.late": {},
    "followup.answer": {"referral_id": "sent"},
    "followup.attempt": {"referral_id": "sent"},
    "followup.book": {"referral_id": "sent"},
    "followup.end": {"referral_id": "sent"},
    "followup.handler": {"referral_id": "sent"},
    "inbox.inbox_page": {},
    "followup.write_up": {"referral_id": "over"},
    "addresses.addresses": {},
    "languages.page": {},
    "followup.not_held": {"appointment_id": "appointment"},
    "casefile.agree": {"case_id": "case"},
    "casefile.case": {"case_id": "case"},
    "casefile.danger": {"case_id": "case"},
    "along.ask": {"case_id": "case"},
    "along.mine": {},
    "along.stop": {"case_id": "met", "going_id": "going"},
    "doors.who": {},
    "doors.came": {"way": "way"},
    "doors.sure": {"case_id": "called"},
    "doors.leave": {},
    "doors.messages": {},
    "promises.chase": {"referral_id": "referral"},
    "casefile.close": {"case_id": "case"},
    "notes.correct": {"case_id": "noted", "note_id": "note"},
    "notes.log": {"case_id": "noted"},
    "notes.take_back": {"case_id": "noted", "note_id": "note"},
    "notes.write": {"case_id": "case"},
    "promises.not_seen": {"case_id": "case"},
    "promises.drop": {"case_id": "case", "promise_id": "promise"},
    "handoff.hand_off": {"case_id": "case"},
    "handoff.tell": {"referral_id": "open"},
    "handoff.still_with": {"number": "service"},
    "desk.hand_off_at_desk": {"booking_id": "agreed"},
    "casefile.referral": {"referral_id": "referral"},
    "desk.release": {"booking_id": "booking"},
    "stays.transfer": {"booking_id": "booking"},
    "taken_back.answer": {"referral_id": "sent"},
    "taken_back.typed_answer": {"referral_id": "referral"},
    "taken_back.attendance": {"appointment_id": "appointment"},
    "stays.left": {},
    "stays.handover": {},
    "stays.shift": {},
    "sheets.paper": {},
    "sheets.enter": {"sheet_number": "sheet"},
    "stays.somebody_else": {"booking_id": "booking"},
    "who.who": {"booking_id": "unasked"},
    "stays.stay": {"booking_id": "booking"},
    "stays.correct": {"booking_id": "booking"},
    "stays.began": {"booking_id": "booking"},
    "stays.expected": {"booking_id": "booking"},
    "stays.leaving": {"booking_id": "booking"},
    "stays.mistake": {"booking_id": "booking"},
    "stays.undo": {"booking_id": "undoable", "act_id": "act"},
    "casefile.withdraw": {"case_id": "case", "purpose": "purpose"},
    "casefile.withdraw_sharing": {"referral_id": "referral"},
    "contact_plan.end": {"case_id": "planned"},
    "card_of_case.stop_card": {"case_id": "case"},
    "casefile.where": {"case_id": "case"},
    "casefile.unmet": {"case_id": "case"},
    "history.timeline": {"case_id": "case"},
    "jobs.jobs": {},
    "jobs.undelivered_page": {},
    "joining.queue": {},
    "letters.reply": {"referral_id": "referral"},
    "letters.reply_end": {"referral_id": "referral"},
    "messages.mailbox": {},
    "assessment.assess": {"case_id": "case"},
    "assessment.assessment": {"assessment_id": "assessment"},
    "assessment.packs": {},
    "outreach.people": {},
    "oversight.joinings": {},
    "contact_plan.plan": {"case_id": "case"},
    "change.again": {"case_id": "measured", "point_id": "measured_point"},
    "contact_plan.review": {"case_id": "planned", "point_id": "point"},
    **figures.PLACES,
    **shelf.PLACES,
    "desk.open_booking": {},
    "withdrawals.call": {"stop_id": "stop"},
    "withdrawals.stops": {},
}
PUBLIC_PAGES = (
    *("/sign-in", "/sign-in/forgotten", "/join/no-such-invitation", "/password/new/no-such-link"),
    "/api/v1/reference",
    "/me",
    "/no-such-page",
)
# what is no page to look at: files, programs' answers and probes, each with tests of its own; and
# pages that are there only for a moment of a story, which a browser test of that story looks at
NO_PAGES = {
    "credentials.join", "credentials.forgotten", "credentials.new_password",
    "accounts.sign_in", "alerts.hand_out", "by_link.page", "api-docs.openapi_json",
    "api.listed", "api.read", "api.reference", "second_factor.code", "second_factor.set_up",
    "lock.locked", "healthz", "languages.sheet",
    "case_paper.summary", "editions.file", "joining.compare", "cards.card", "letters.letter",
    "outreach.group_list", "own_page.door", "own_page.page", "parting.part",
    "oversight.seen", "oversight.guide_pdf", "addresses.prove", "doors.earlier",
    "contact_plan.back", "readyz",
    "reports.outcomes_csv", "reports.outcomes_pdf",
    "static", "words.recording", "worth_it.page",
}  # fmt: skip


def may_enter(app: Flask, endpoint: str) -> list[Role]:
    """The roles that hold the permission of a page, in the order of the role table."""
    return roles_with(app.view_functions[endpoint].permission)


def furnish(role: Role) -> dict[str, object]:
    """The records of the demo that somebody of a role can open."""
    me = actor(role)
    found: dict[str, object] = figures.held() | shelf.held()
    found |= {
        "user": me.user_id,
        "organisation": me.organisation_id,
        "centre": first(select(CustodyCentre.id).filter_by(name="Govan")),
        "service": first(select(Service.id).order_by(Service.name)),
        "list_name": "need",
        "code": "DRUG",
        "purpose": "history",
        "way": "call",
        "language": "pl",
        "valid_from": first(select(Code.valid_from).filter_by(list_name="need", code="DRUG")),
        "own_service": first(select(Service.id).filter_by(organisation_id=me.organisation_id)),
    }
    live = select(Booking.id).where(
        Booking.released_at.is_(None), Booking.centre_id == me.centre_id
    )
    found["booking"] = first(live.order_by(Booking.authorised_at.desc()))
    found["unasked"] = first(live.where(Booking.custody_reference.like("R/%")))
    agreed = live.join(Case, Case.booking_id == Booking.id).where(Case.closed_at.is_(None))
    undoable = select(Act).where(Act.kind == "left", Act.undone_at.is_(None))
    mine = undoable.join(StayLeg, StayLeg.booking_id == Act.about_id)
    act = first(mine.where(StayLeg.centre_id == me.centre_id).order_by(Act.done_at.desc()))
    found["undoable"], found["act"] = (act.about_id, act.id) if act else (None, None)
    told = select(Act).where(Act.kind == "tended", Act.undone_at.is_(None))
    mine = told.join(StayLeg, StayLeg.booking_id == Act.about_id)
    here = StayLeg.centre_id == me.centre_id, StayLeg.until.is_(None)
    act = first(mine.where(*here).order_by(Act.done_at.desc()))
    found["tended"], found["tended_act"] = (act.about_id, act.id) if act else (None, None)
    of_desk = select(PaperSheet.number).filter_by(centre_id=me.centre_id)
    found["sheet"] = first(of_desk.order_by(PaperSheet.number))
    found["agreed"] = first(agreed.order_by(Booking.id))
    found["case"] = fullest_case()
    found["filter"] = first(select(SavedFilter.id).filter_by(owner_id=me.user_id))
    found["given"] = first(select(Act.id).filter_by(kind="given"))
    came = select(Case.id).join(Case.booking).where(Booking.centre_id.is_(None))
    found["called"] = first(came.where(Booking.sure_at.is_(None)))
    found["came"] = first(came.where(Booking.sure_at.is_not(None)))
    going = first(select(Going))
    found["met"], found["going"] = (going.case_id, going.id) if going else (None, None)
    found["alert"] = first(select(HarmAlert.id).order_by(HarmAlert.posted_at))
    found["deadline"] = next(iter(Kind)).value
    coming = select(ReviewPoint).join(ReviewPoint.plan).join(ContactPlan.case)
    coming = coming.where(ReviewPoint.state == "planned", Case.closed_at.is_(None))
    point = first(coming.order_by(ReviewPoint.due_at))
    found["point"], found["planned"] = (point.id, point.plan.case_id) if point else (None, None)
    named = coming.join(Case.person).where(Person.surname == "Reid4")
    point = first(named.order_by(ReviewPoint.due_at))
    found["measured"] = point.plan.case_id if point else None
    found["measured_point"] = point.id if point else None
    found["assessment"] = first(select(Assessment.id).where(Assessment.finished_at.is_not(None)))
    of_case = select(Referral.id).filter_by(case_id=found["case"])
    found["referral"] = first(of_case.order_by(Referral.sent_at))
    found["promise"] = first(select(Promise.id).filter_by(case_id=found["case"], ended_at=None))
    note = first(select(CaseNote).where(CaseNote.taken_back_at.is_(None)).order_by(CaseNote.order))
    found["note"], found["noted"] = (note.id, note.case_id) if note else (None, None)
    mine = select(Appointment.referral_id).join(Appointment.referral).join(Referral.service)
    theirs = mine.where(Service.organisation_id == me.organisation_id)
    found["stop"] = first(select(Stop.id).filter_by(ended_at=None).order_by(Stop.due_at, Stop.id))
    started = theirs.where(Referral.state.in_(["accepted", "in-progress"]))
    found["sent"] = first(started.order_by(Referral.id))
    over = theirs.where(Referral.state == "completed").order_by(Referral.ended_at.desc()).limit(20)
    ended = [db.session.get_one(Referral, number) for number in db.session.scalars(over)]
    seen = seen_of(ended, now())
    found["over"] = next((one.id for one in ended if seen[one.id].sight == "outcome"), None)
    ours = select(Referral.id).join(Referral.case).where(Case.team_id == me.organisation_id)
    going_on = ours.where(Referral.sent_at.is_not(None), Referral.ended_at.is_(None))
    found["open"] = first(going_on.order_by(Referral.sent_at.desc(), Referral.id))
    meeting = theirs.where(
        Appointment.said_at.is_(None), Referral.ended_at.is_(None)
    ).with_only_columns(Appointment.id)
    found["appointment"] = first(meeting.order_by(Appointment.id))
    return found


def fullest_case() -> UUID:
    """The open case with the most referrals."""
    wanted = select(Referral.case_id).join(Referral.case).where(Case.closed_at.is_(None))
    most = wanted.group_by(Referral.case_id).order_by(func.count().desc(), Referral.case_id)
    return db.session.scalars(most.limit(1)).one()


def first(query: object) -> object:
    """The first row of a query, or None."""
    return db.session.scalars(query.limit(1)).one_or_none()


def add_what_the_demo_lacks() -> None:
    """A finished assessment of the fullest case; and two at Govan who agreed, one not for long."""
    figures.hold(actor(Role.ADMINISTRATOR), now())
    shelf.hold(now())
    walk(0, now())
    withdraw_sharing(walk(1, now()), actor(Role.WORKER), now())
    stay = walk(3, now()).case.booking
    acknowledge(stay, stay.dangers_at_desk(now()), actor(Role.HEALTHCARE), now())
    measured = walk(4, now()).case
    again = AssessmentDetails(0, needs=[Need("DRUG", "high", True)], points={"phq-2": [2, 2]})
    finish(measured, again, actor(Role.WORKER), now())
    make(measured, PlanDetails("text", "no"), 0, actor(Role.WORKER), now())
    print_sheets(2, actor(Role.CUSTODY_OFFICER), now())
    from_register(stay, actor(Role.CUSTODY_OFFICER), now() - timedelta(hours=3))
    over = walk(2, now())
    said = MoveDetails(Move.COMPLETE, over.version, "COMPL", changes={"every": "better"})
    move(over, said, Side.TARGET, actor(Role.SERVICE_WORKER), now())
    case = db.session.get_one(Case, fullest_case())
    who = (actor(role).user_id for role in (Role.TEAM_LEAD, Role.WORKER))
    lead, worker = (db.session.get_one(User, number) for number in who)
    give_many({case.id: case.version}, lead, lead.actor, now())
    arrange(CoverDetails(worker, lead, today(), today() + timedelta(9)), worker.actor, now())
    needs = [Need("DRUG", "high", True), Need("HOUS", "some", False)]
    points = {"audit-c": [1] * len(instruments()["audit-c"].questions)}
    details = AssessmentDetails(
        0, "cells", needs, ["Sleep through the night"], "A sister nearby",
        [Use("HEROIN", 20, "SMOKE")], points,
    )  # fmt: skip
    finish(case, details, actor(Role.WORKER), now())
    for name, way in (("called", Way.CALL), ("came", Way.VISIT), ("came", Way.VISIT)):
        called(name, actor(Role.WORKER), now(), way)
    left("demo", actor(Role.WORKER), now())
    asked(measured, worker)
    for who in (lead, worker):
        keep(FilterDetails("Housing", shared=who is lead), Narrowing(need="HOUS"), who.actor, now())
