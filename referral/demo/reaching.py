"""Messages to invented people: reminders, one question, and a card to try their page with."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select

from referral.access.actor import Oneself
from referral.casework.cases.models import Case
from referral.clock import SCOTLAND, day_of
from referral.contact.messages.actions import ask_to_ring, remind, reminders_due
from referral.contact.messages.queries import reach_of
from referral.contact.messages.ways import Way, way_of
from referral.contact.own_page.actions import code_for
from referral.contact.own_page.codes import in_fours
from referral.contact.worth_it.actions import WorthDetails, ask_worth, say_by_page, worth_due
from referral.contact.worth_it.queries import open_points
from referral.db import db
from referral.demo.aftermath import Staff
from referral.handoff.followup.actions import AppointmentDetails, book
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import ReferralState
from referral.handoff.referrals.unmet_actions import count_unmet, unmet_due
from referral.web.filters import day

DAY = timedelta(days=1)
SAID = (
    ("yes", "I sleep again"),
    ("partly", ""),
    ("yes", "Somebody rang me back"),
    ("no", "Nobody came"),
    ("yes", ""),
)


def reach(staff: Staff, now: datetime) -> None:
    """The rounds that a worker would make at this moment; some people have answered already."""
    count_unmet(unmet_due(now), now)
    asked = sorted(open_points(now), key=lambda point: not _reachable(point.plan.case, now))
    for point, (answer, changed) in zip(asked[1:], SAID, strict=False):
        person = Oneself(point.id, "The person themselves", point.plan.case.team_id)
        say_by_page(point, WorthDetails(answer, changed), person, now)
    ask_worth(worth_due(now), now)
    _expect_tomorrow(staff, now)
    remind(reminders_due(now), now)


def _expect_tomorrow(staff: Staff, now: datetime) -> None:
    """Three people are expected tomorrow at ten and get a reminder; two more are asked to ring."""
    ten = datetime.combine(day_of(now) + DAY, time(10), SCOTLAND)
    here = select(Referral).join(Referral.case).where(Case.closed_at.is_(None))
    started = here.where(Referral.state == ReferralState.IN_PROGRESS)
    found = db.session.scalars(
        started.order_by(Referral.sent_at.desc(), Referral.order.desc())
    ).all()
    reached = [referral for referral in found if _reachable(referral.case, now)]
    for referral in reached[:3]:
        by = staff.services[referral.service.organisation_id]
        book(referral, AppointmentDetails(ten, "Front desk"), by, now)
    for case in {referral.case_id: referral.case for referral in reached[3:5]}.values():
        ask_to_ring(case, staff.worker, now)


def _reachable(case: Case, now: datetime) -> bool:
    return isinstance(way_of(reach_of(case, now)), Way)


def card_to_try(now: datetime) -> tuple[str, str] | None:
    """The code on the card of an invented person, and their birth date; None without anybody.

    Somebody to whom the question is open if there is one, else somebody whom a service sees.
    """
    asked = [point.plan.case for point in open_points(now)]
    cases = [case for case in (*asked, *_seen()) if case.worker and case.person.date_of_birth]
    if not cases or cases[0].worker is None:
        return None
    case = cases[0]
    code = code_for(case.person, case.team_id, cases[0].worker.actor, now)
    return (in_fours(code), day(case.person.date_of_birth)) if code else None


def _seen() -> Sequence[Case]:
    wanted = (
        select(Case)
        .join(Referral, Referral.case_id == Case.id)
        .where(Case.closed_at.is_(None), Referral.state == ReferralState.IN_PROGRESS)
    )
    return db.session.scalars(wanted.order_by(Case.opened_at, Case.order)).all()
