"""Play a story of the field through the real actions, line by line.

A line is a moment on the clock in Scotland, who it is about, a word of the field and what goes with
it: `2026-08-03 09:00 Ann booked at Govan`. How a word is done is written here alone, so that a
story says nothing of tables or functions and outlives both.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from referral.access.actor import Actor, Oneself
from referral.accounts.users.models import User
from referral.casework.assessment.actions import AssessmentDetails, Need, finish, save_draft
from referral.casework.assessment.instruments import instruments
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.cases.queries import open_case_of
from referral.casework.change.actions import AgainDetails, ask_again
from referral.casework.contact_plan.actions import PlanDetails, TryDetails, make, try_to_reach
from referral.casework.contact_plan.models import ReviewPoint
from referral.casework.contact_plan.queries import plan_of
from referral.clock import SCOTLAND
from referral.consent.actions import PLAINLY, Agreement, Circumstances
from referral.consent.purposes import Answer, Level, Purpose
from referral.contact.worth_it.actions import WorthDetails, say_by_page
from referral.custody.actions import BookingDetails, OfferDetails, ReleaseDetails
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.desk.actions import Arrival, arrive
from referral.desk.already import Already
from referral.directory.models import CustodyCentre, Service
from referral.handoff.followup.actions import (
    AppointmentDetails,
    AttemptDetails,
    AttendanceDetails,
    attempt,
    book,
    say,
)
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.actions import (
    HandOffDetails,
    close_case,
    hand_off,
    move,
    note_unmet,
    withdraw_sharing,
)
from referral.handoff.referrals.leaving_actions import leave
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.needs_queries import known_needs
from referral.handoff.referrals.states import Move, Side
from referral.journey.actions import keep_what_changed
from referral.known.actions import Saying
from referral.known.now import About, Said
from referral.merging.joining.actions import JoinDetails, join
from referral.people.identity import Identity

FILLERS = {"at", "by", "to", "from", "with", "for", "after", "because", "of", "a", "the", "was"}
SERVICES = {
    "hub": "Recovery hub",
    "homes": "Housing first",
    "advice": "Money and rights advice",
    "counselling": "Open door counselling",
}
SOME = Need("DRUG", "some", True)
LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?) +(\w+) +([\w-]+) *(.*)")


def moment(text: str) -> datetime:
    """A moment on the clock in Scotland, in UTC as everywhere in the product."""
    return datetime.fromisoformat(text).replace(tzinfo=SCOTLAND).astimezone(UTC)


def staff(name: str) -> Actor:
    """Somebody who works here, by name."""
    return db.session.scalars(select(User).filter_by(name=name)).one().actor


def centre(name: str) -> CustodyCentre:
    """A custody centre by name; in a line of a story its words hang together: London_Road."""
    wanted = select(CustodyCentre).filter_by(name=name.replace("_", " "))
    return db.session.scalars(wanted).one()


class Stories:
    """Who came, by the name that the story gives them, and what happens to them."""

    def __init__(self) -> None:
        self.came: dict[str, Booking] = {}
        self.worker, self.officer = staff("Morag Sim"), staff("Kirsty Ross")
        self.lead = staff("Ruth Kerr")

    def play(self, story: str) -> "Stories":
        """Everything that the lines say, in their order. A line that says nothing known fails."""
        for line in filter(None, map(str.strip, story.splitlines())):
            found = LINE.fullmatch(line)
            assert found, f"no line of a story: {line}"
            when, name, verb, rest = found.groups()
            do: Callable[..., object] = getattr(self, f"_{verb.replace('-', '_')}")
            do(name, moment(when), *[word for word in rest.split() if word not in FILLERS])
            db.session.flush()
        keep_what_changed(db.session())
        return self

    def case(self, name: str) -> Case:
        """The open case of somebody."""
        found = open_case_of(self.came[name].person_id)
        assert found, f"{name} has no open case"
        return found

    def see_by(self, name: str) -> datetime | None:
        """By when it is promised to see somebody; None where it is not."""
        promise = self.case(name).has_promised(NextStep.SEE)
        return promise.due_at if promise else None

    def referral(self, name: str, service: str) -> Referral:
        """The latest referral of somebody to a service."""
        wanted = select(Referral).where(Referral.person_id == self.came[name].person_id)
        wanted = wanted.join(Referral.service).where(Service.name == SERVICES[service])
        return db.session.scalars(wanted.order_by(Referral.order)).all()[-1]

    def theirs(self, referral: Referral) -> Actor:
        """Somebody of the service that has a referral."""
        of_it = select(User).filter_by(organisation_id=referral.service.organisation_id)
        return db.session.scalars(of_it.order_by(User.email)).all()[0].actor

    # At the desk

    def _booked(self, name: str, at: datetime, place: str, home: str | None = None) -> None:
        here = replace(self.officer, centre_id=centre(place).id)
        known = self.came[name].person_id if name in self.came else None
        who = Identity(name, "Example", None, council_code=home, phone="07700 900123")
        self.came[name] = arrive(
            Arrival(BookingDetails(who, at, known), already=Already.ENDED), here, at
        )

    def _offer(self, name: str, at: datetime, answer: OfferAnswer, words: tuple[str, ...]) -> None:
        rest, _, withheld = " ".join(words).partition("withholding")
        rest, _, denied = rest.partition("denying")
        before, _, after = rest.partition("telling")
        no = [Saying(About.NEED, need, Said.NO) for need in denied.split()]
        no += [Saying(About.NEED, need, Said.DECLINED) for need in withheld.split()]
        again = at + timedelta(hours=2) if answer in {"not now", "not fit yet"} else None
        booking, yes = self.came[name], frozenset(after.split())
        reason = before.strip() or None
        said = OfferDetails(answer, booking.version, reason, again, yes, otherwise=no)
        agreed = [Agreement(Purpose.CONTACT, Answer.GRANTED)]
        accepts = answer is OfferAnswer.ACCEPTED
        answer_offer(booking, said, agreed if accepts else [], PLAINLY, self.officer, at)

    def _agreed(self, name: str, at: datetime, *words: str) -> None:
        self._offer(name, at, OfferAnswer.ACCEPTED, words)

    def _declined(self, name: str, at: datetime, *words: str) -> None:
        self._offer(name, at, OfferAnswer.DECLINED, words)

    def _put_off(self, name: str, at: datetime, *words: str) -> None:
        self._offer(name, at, OfferAnswer.NOT_NOW, words)

    def _not_fit(self, name: str, at: datetime, *words: str) -> None:
        self._offer(name, at, OfferAnswer.NOT_FIT, words)

    def _not_asked(self, name: str, at: datetime, *words: str) -> None:
        self._offer(name, at, OfferAnswer.NOT_ASKED, words)

    def _released(self, name: str, at: datetime) -> None:
        gone = ReleaseDetails("UNDERTAKING", at, "has", self.came[name].version)
        leave(self.came[name], gone, self.officer, at)

    def _same_as(self, name: str, at: datetime, other: str) -> None:
        both = JoinDetails(self.came[name].person_id, self.came[other].person_id)
        join(both, self.worker, at)

    # With the worker

    def _half_assessed(self, name: str, at: datetime) -> None:
        save_draft(self.case(name), {"place": ["cells"]}, 0, self.worker, at)

    def _assessed(self, name: str, at: datetime, *weighed: str) -> None:
        severities = _pairs(weighed) or {"DRUG": "some"}
        needs = [Need(need, severity, True) for need, severity in severities.items()]
        finish(self.case(name), AssessmentDetails(0, "cells", needs), self.worker, at)

    def _measured(self, name: str, at: datetime, *scores: str) -> None:
        points, totals = _answers(scores)
        said = AssessmentDetails(0, needs=[SOME], points=points, totals=totals)
        finish(self.case(name), said, self.worker, at)

    def _measured_again(self, name: str, at: datetime, point: str, *scores: str) -> None:
        ask_again(self._point(name, point), AgainDetails(*_answers(scores)), self.worker, at)

    def _says_of_herself(self, name: str, at: datetime, *said: str) -> None:
        finish(self.case(name), AssessmentDetails(0, needs=[SOME], **_pairs(said)), self.worker, at)

    def _referred(self, name: str, at: datetime, *services: str) -> None:
        self._hand(name, at, services, PLAINLY)

    def _half_referred(self, name: str, at: datetime, *services: str) -> None:
        self._hand(name, at, services, Circumstances(provisional=True))

    def _hand(self, name: str, at: datetime, services: tuple[str, ...], how: Circumstances) -> None:
        named = [SERVICES[service] for service in services]
        chosen = select(Service).where(Service.name.in_(named)).order_by(Service.name)
        levels = {one.id: Level.SUMMARY for one in db.session.scalars(chosen)}
        known = [need.code for need in known_needs(self.case(name), self.worker)]
        to = HandOffDetails(levels, how=how, needs=dict.fromkeys(levels, known))
        hand_off(self.case(name), to, self.worker, at)

    def _withdrew(self, name: str, at: datetime, service: str) -> None:
        withdraw_sharing(self.referral(name, service), self.worker, at)

    def _entered_in_error(self, name: str, at: datetime, service: str) -> None:
        self._go(name, at, service, Move.MARK_ERROR, note="Two of one name")

    def _unmet(self, name: str, at: datetime, reason: str, *needs: str) -> None:
        note_unmet(self.case(name), needs, reason, self.worker, at)

    def _closed(self, name: str, at: datetime, reason: str) -> None:
        case = self.case(name)
        close_case(case, reason, case.version, self.worker, at)

    def _planned(self, name: str, at: datetime) -> None:
        plan = PlanDetails("call", "readback", "07700 900123")
        make(self.case(name), plan, 0, self.worker, at)

    def _told_us(self, name: str, at: datetime, point: str, *worth: str) -> None:
        tried = TryDetails("call", "reached", at, *worth)
        try_to_reach(self._point(name, point), tried, self.worker, at)

    def _wrote(self, name: str, at: datetime, point: str, worth: str) -> None:
        mine = Oneself(self.worker.user_id, name, self.worker.organisation_id)
        say_by_page(self._point(name, point), WorthDetails(worth), mine, at)

    def _point(self, name: str, label: str) -> ReviewPoint:
        plan = plan_of(self.case(name))
        assert plan
        return next(point for point in plan.points if point.point == label)

    # With the service

    def _go(self, name: str, at: datetime, service: str, step: Move, **said: object) -> None:
        referral = self.referral(name, service)
        team = step in {Move.MARK_ERROR, Move.CANCEL}
        by, side = self.theirs(referral), Side.TARGET
        if team:
            by, side = self.worker, Side.REQUESTER
        move(referral, MoveDetails(step, referral.version, **said), side, by, at)

    def _accepted(self, name: str, at: datetime, service: str) -> None:
        self._go(name, at, service, Move.ACCEPT)

    def _turned_away(self, name: str, at: datetime, service: str, reason: str) -> None:
        self._go(name, at, service, Move.REJECT, reason=reason)

    def _asked_about(self, name: str, at: datetime, service: str) -> None:
        self._go(name, at, service, Move.ASK, note="Morning or evening?")

    def _paused(self, name: str, at: datetime, service: str, reason: str, *changes: str) -> None:
        self._go(name, at, service, Move.HOLD, reason=reason, changes=_pairs(changes))

    def _completed(self, name: str, at: datetime, service: str, *changes: str) -> None:
        self._go(name, at, service, Move.COMPLETE, reason="COMPL", changes=_pairs(changes))

    def _ended_early(self, name: str, at: datetime, service: str, *changes: str) -> None:
        self._go(name, at, service, Move.FAIL, reason="REACH", changes=_pairs(changes))

    def _reached(self, name: str, at: datetime, service: str) -> None:
        self._try(name, at, service, "reached")

    def _left_message(self, name: str, at: datetime, service: str) -> None:
        self._try(name, at, service, "message")

    def _try(self, name: str, at: datetime, service: str, result: str) -> None:
        referral = self.referral(name, service)
        attempt(referral, AttemptDetails("call", result, at), self.theirs(referral), at)

    def _expected(self, name: str, at: datetime, service: str, day: str, time: str) -> None:
        referral = self.referral(name, service)
        book(referral, AppointmentDetails(moment(f"{day} {time}")), self.theirs(referral), at)

    def _came(self, name: str, at: datetime, service: str) -> None:
        self._say(name, at, service, took_place=True, came=True)

    def _missed(self, name: str, at: datetime, service: str) -> None:
        self._say(name, at, service, took_place=True, came=False)

    def _maybe_came(self, name: str, at: datetime, service: str) -> None:
        self._say(name, at, service, took_place=True, came=None)

    def _not_held(self, name: str, at: datetime, service: str) -> None:
        self._say(name, at, service, took_place=False, not_held="SERVICE")

    def _moved(self, name: str, at: datetime, service: str, day: str, time: str) -> None:
        anew = {"moved_by": "service", "moved_to": moment(f"{day} {time}")}
        self._say(name, at, service, took_place=False, not_held="SERVICE", **anew)

    def _say(self, name: str, at: datetime, service: str, **said: object) -> None:
        referral = self.referral(name, service)
        unsaid = select(Appointment).filter_by(referral_id=referral.id, said_at=None)
        first = db.session.scalars(unsaid.order_by(Appointment.starts_at)).all()[0]
        say(first, AttendanceDetails(seen_version=first.version, **said), self.theirs(referral), at)


def _pairs(changes: tuple[str, ...]) -> dict[str, str]:
    return dict(change.split("=") for change in changes)


def _answers(scores: tuple[str, ...]) -> tuple[dict[str, list[int | None]], dict[str, int]]:
    """Points and totals of measures by their scores; with a ? the last question stays open."""
    points, totals = {}, {}
    for code, score in _pairs(scores).items():
        pack, left = instruments()[code], int(score.rstrip("?"))
        if pack.shell:
            totals[code] = left
            continue
        points[code] = []
        for question in pack.questions:
            points[code].append(min(left, max(points for _, points in question.answers)))
            left -= points[code][-1]
        if score.endswith("?"):
            points[code][-1] = None
    return points, totals
