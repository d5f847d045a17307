"""Half a year of invented bookings, played through the same actions that the pages use."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.alerts.actions import AlertDetails, post
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.owner_actions import take
from referral.casework.contact_plan.queries import plan_of
from referral.consent.actions import Agreement, Circumstances, ContactRules
from referral.consent.purposes import Answer, Purpose
from referral.custody.actions import (
    BookingDetails,
    OfferDetails,
    ReleaseDetails,
    WarningDetails,
    warn,
)
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.demo.aftermath import Staff, close_what_is_over, hand_over
from referral.demo.asking import ask, ways
from referral.demo.assessing import assess
from referral.demo.back_again import back_again
from referral.demo.contact import keep_in_touch
from referral.demo.doors import by_other_doors
from referral.demo.noting import note
from referral.demo.organisations import GLASGOW
from referral.demo.people import born_lately, somebody
from referral.demo.reaching import reach
from referral.demo.twice import booked_twice
from referral.desk.actions import Arrival, arrive
from referral.directory.actions import say_places
from referral.directory.queries import every_service
from referral.handoff.referrals.leaving_actions import leave
from referral.overdue.escalation.actions import escalate_due
from referral.people.identity import Identity

SPAN = timedelta(days=182)
HERE_NOW = timedelta(hours=5)
RETURNS = 0.22
ASSESSED = 0.85
BUSY = (0.45, 0.3, 0.25)  # how the bookings fall on the centres
NALOXONE = ("offered", "supplied", "has", "declined")


@dataclass
class Cast:
    """The players: officers by centre, the worker, and everybody booked so far."""

    officers: list[Actor]
    worker: Actor
    staff: Staff
    known: list[tuple[Identity, UUID]] = field(default_factory=list)
    held: set[UUID] = field(default_factory=set)
    children: float = 0  # share of those who are booked for the first time


def play(bookings: int, seed: int, now: datetime) -> None:
    """Add so many bookings in the half year before now; the same seed gives the same story."""
    dice = Random(seed)  # noqa: S311 - invented lives, not secrets
    if not bookings:
        return
    cast = _cast()
    _stays(cast, dice, bookings, SPAN, now)
    if bookings > 50:
        by_chance(cast, now)
    _just_out(cast, dice, now)
    if bookings > 50:
        back_again(cast.known, cast.held, cast.officers[0], now)
    _go_on(cast, dice, now)
    _warn(now)
    _say_places(now)
    db.session.flush()  # all of it is there before the caller commits


def rehearse(bookings: int, dice: Random, span: timedelta, children: float, now: datetime) -> None:
    """Only stays and what comes of them, over so long a time; so many of the people are children.

    What happens once, on the last day, is left to `last_day`.
    """
    cast = _cast()
    cast.children = children
    _stays(cast, dice, bookings, span, now)
    _go_on(cast, dice, now)
    db.session.flush()


def last_day(dice: Random, now: datetime) -> None:
    """What happens once: records that were two, other doors, an alert, two who are just out."""
    cast = _cast()
    by_chance(cast, now)
    _just_out(cast, dice, now)
    _warn(now)
    _say_places(now)
    db.session.flush()


def by_chance(cast: Cast, now: datetime) -> None:
    """Two who were booked twice, and some who came by another door."""
    booked_twice(cast.officers[0], cast.worker, now)
    by_other_doors(cast.worker, now)


def _stays(cast: Cast, dice: Random, bookings: int, span: timedelta, now: datetime) -> None:
    for number in range(bookings):
        at = now - span + (number + dice.random()) * (span / bookings)
        _stay(cast, dice, at, now)
    for _ in range(min(12, bookings // 30)):
        _stay(cast, dice, now - dice.random() * HERE_NOW, now)


def _go_on(cast: Cast, dice: Random, now: datetime) -> None:
    """What is over is closed, what is late goes further, and people are written to."""
    close_what_is_over(cast.staff, dice, now)
    db.session.flush()  # what is late is read from the cases as they stand now
    escalate_due(now, 10_000)
    reach(cast.staff, now)


def _just_out(cast: Cast, dice: Random, now: datetime) -> None:
    """Two people left custody this morning after an overdose, and one of them may be named."""
    officer = cast.officers[0]
    for left, agrees in ((timedelta(hours=4), True), (timedelta(hours=2), False)):
        at = now - timedelta(hours=11)
        booking = _book(cast, dice, officer, at, at)
        yes = {Purpose.CONTACT, *((Purpose.GROUP,) if agrees else ())}
        danger = "overdose" if agrees else "naloxone_given"
        said = OfferDetails(
            OfferAnswer.ACCEPTED,
            booking.version,
            needs=frozenset({"DRUG"}),
            dangers=frozenset({danger}),
        )
        rules = {Purpose.CONTACT: ways(booking)}
        agreed = [
            Agreement(purpose, Answer.GRANTED, rules=rules.get(purpose, ContactRules()))
            for purpose in sorted(yes)
        ]
        answer_offer(booking, said, agreed, Circumstances(), officer, at)
        warn(booking, WarningDetails("both"), officer, at)
        out = ReleaseDetails("UNDERTAKING", now - left, "supplied", booking.version)
        leave(booking, out, officer, now - left)


def _warn(now: datetime) -> None:
    analyst = db.session.scalars(select(User).filter_by(role=Role.ADP_ANALYST)).first()
    if analyst:
        until = (now + timedelta(days=14)).date()
        words = "White, marked with a square, much stronger than they look. Do not use alone."
        details = AlertDetails("Strong tablets sold as diazepam", words, [GLASGOW], until)
        post(details, analyst.actor, now)


def _say_places(now: datetime) -> None:
    managers = {
        u.organisation_id: u.actor for u in db.session.scalars(select(User).order_by(User.email))
    }
    for number, service in enumerate(every_service()[1:]):  # the first has not said anything
        stale = number == 1
        said = now - timedelta(days=15) if stale else now
        say_places(service, (3, 2, 0, 5)[number % 4], managers[service.organisation_id], said)


def _cast() -> Cast:
    users = db.session.scalars(select(User).order_by(User.email)).all()
    officers = [u for u in users if u.role == Role.CUSTODY_OFFICER]
    centres = sorted(officers, key=lambda user: (user.name != "Kirsty Ross", user.name))
    worker = next(u for u in users if u.role == Role.WORKER and u.name == "Morag Sim")
    services = {u.organisation_id: u.actor for u in users if u.role == Role.SERVICE_WORKER}
    return Cast([user.actor for user in centres], worker.actor, Staff(worker.actor, services))


def _stay(cast: Cast, dice: Random, at: datetime, now: datetime) -> None:
    officer = dice.choices(cast.officers, BUSY)[0]
    asked_at = at + timedelta(minutes=dice.randint(15, 50))
    if asked_at > now:
        asked_at = now
    booking = _book(cast, dice, officer, at, asked_at)
    leaves = at + timedelta(hours=dice.uniform(3, 20))
    stays = leaves > now or now - at < HERE_NOW
    if stays and dice.random() < 0.25:
        return  # nobody has asked yet
    case = ask(dice, booking, officer, asked_at)
    if booking.untold(asked_at) and dice.random() < 0.97:
        warn(booking, WarningDetails("both"), officer, asked_at)
    if not stays:
        _leave(dice, booking, officer, leaves, now)
        if booking.released_at:
            cast.held.discard(booking.person_id)
    if case:
        seen = asked_at + timedelta(hours=dice.uniform(0.3, 3))
        if seen < now and dice.random() < 0.92:
            if case.worker_id is None:
                take(case, case.version, cast.worker, seen)
            if booking.needs and dice.random() < ASSESSED:
                assess(dice, case, cast.worker, seen)
            hand_over(cast.staff, dice, case, seen, now)
            if case.closed_at is None and (not plan_of(case) or booking.released_at):
                keep_in_touch(cast.worker, dice, case, seen, now)
            note(cast.worker, case, seen)


def _leave(dice: Random, booking: Booking, officer: Actor, leaves: datetime, now: datetime) -> None:
    """Free, or kept for court, which sits half a day later and lets them go."""
    sits = leaves + timedelta(hours=14)
    cells = booking.leg.centre
    details = ReleaseDetails(
        dice.choice(("UNDERTAKING", "NOCHARGE", "COURT", "INVEST")),
        leaves,
        dice.choice(NALOXONE) if cells and cells.healthcare_24_7 else "none",
        booking.version,
    )
    if details.leads_to is None:
        leave(booking, details, officer, leaves)
        return
    details = replace(details, expected_at=sits, note="Glasgow Sheriff Court")
    leave(booking, details, officer, leaves)
    if sits < now:
        freed = ReleaseDetails("FROMCOURT", sits, "", booking.version)
        leave(booking, freed, officer, sits)


def _book(cast: Cast, dice: Random, officer: Actor, at: datetime, recorded: datetime) -> Booking:
    free = [(who, number) for who, number in cast.known if number not in cast.held]
    same_as = None
    identity = somebody(dice)
    if cast.children and dice.random() < cast.children:
        identity = replace(identity, date_of_birth=born_lately(dice, at))
    if free and dice.random() < RETURNS:
        identity, same_as = dice.choice(free)
    details = BookingDetails(identity, at, same_as, cell=str(1 + len(cast.held) % 24))
    booking = arrive(Arrival(details), officer, recorded)
    if same_as is None:
        home = replace(identity, council_code=booking.person.council_code)
        cast.known.append((home, booking.person_id))
    cast.held.add(booking.person_id)
    return booking
