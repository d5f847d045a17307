"""Fifty referrals as a busy service has them, for what its inbox shows and how high it stands."""

from collections.abc import Callable
from datetime import datetime, timedelta

from overdue.escalation.seeded import named, open_case, refer

from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.handoff.followup.actions import AppointmentDetails, book
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.post.links.actions import make_link
from referral.post.links.purposes import LinkPurpose

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def fifty(at: datetime) -> None:
    """3 to answer, 1 without a day, 2 were expected, 3 asked after, 15 ahead, 1 paused, 25 over."""
    kinds = [new] * 3 + [yes] + [expected(-2 * HOUR)] * 2 + [asked_after] * 3
    kinds += [expected(DAY * (1 + number // 3)) for number in range(15)]
    kinds += [paused] + [refused] * 25
    for number, goes_on in enumerate(kinds):
        send(number, at, goes_on)


def send(number: int, at: datetime, goes_on: Callable[[Referral, datetime], None]) -> Referral:
    """One of them, handed over three hours ago; the first of all a month and more ago."""
    sent = at - (43 * DAY if number == 0 else 3 * HOUR)
    case = open_case(number, sent - timedelta(hours=9))
    yes_to_outcome = [Agreement(Purpose.OUTCOME, Answer.GRANTED)]
    record_agreements(case.person, yes_to_outcome, PLAINLY, named("Morag Sim").actor, sent)
    referral = refer(case, sent, urgent=number == 1)
    goes_on(referral, at)
    return referral


def new(referral: Referral, at: datetime) -> None:
    """Nobody has answered."""


def step(referral: Referral, at: datetime, move_to: Move, reason: str | None = None) -> None:
    """The service says so, an hour ago."""
    details = MoveDetails(move_to, referral.version, reason)
    move(referral, details, Side.TARGET, named("Ian Low").actor, at - HOUR)


def yes(referral: Referral, at: datetime) -> None:
    """They will have them, and have not said when."""
    step(referral, at, Move.ACCEPT)


def expected(when: timedelta) -> Callable[[Referral, datetime], None]:
    """They will, and have said when, so long from now."""

    def go_on(referral: Referral, at: datetime) -> None:
        yes(referral, at)
        meeting = AppointmentDetails(at + when, "12 High Street")
        book(referral, meeting, named("Ian Low").actor, at - HOUR)

    return go_on


def asked_after(referral: Referral, at: datetime) -> None:
    """They have them, and were asked how they are."""
    yes(referral, at)
    step(referral, at, Move.START)
    make_link(LinkPurpose.CHANGED, referral.id, f"{referral.id}:day14", at)


def paused(referral: Referral, at: datetime) -> None:
    """They have them, and it pauses."""
    yes(referral, at)
    step(referral, at, Move.HOLD, "HOSP")


def refused(referral: Referral, at: datetime) -> None:
    """They said no."""
    step(referral, at, Move.REJECT, "CAP")
