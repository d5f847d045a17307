"""A nation that is drawn: a year as the demo plays it, and acts in any order that change it since.

Stays are put back, called mistakes and no mistakes, taken to other desks and given to somebody
else; records are joined and parted; answers, meetings and sharing are taken back; closed cases are
opened again; and people come by other doors.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from inspect import getmembers
from random import Random

from histories.at_desk import SAID, AtDesk, sayings
from histories.playing import PLACES, START
from histories.told import Sent, Stay
from histories.with_records import WithRecords
from histories.with_service import WithService
from histories.with_team import WithTeam
from hypothesis import strategies as st
from hypothesis.stateful import RULE_MARKER, Rule, rule
from official.figures import figure
from recount.recorded import rows_now
from sqlalchemy import select
from support.stories import staff

from referral import clock
from referral.casework.assessment.actions import AssessmentDetails, Need, finish
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.asked_actions import ask_for_help
from referral.casework.cases.models import Case
from referral.casework.cases.queries import open_case_of
from referral.casework.doors.actions import Coming, make_sure, write_down
from referral.consent.actions import PLAINLY
from referral.consent.purposes import Answer, Level
from referral.custody.actions import BookingDetails, OfferDetails, ReleaseDetails
from referral.custody.doors import Sure, Way
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.demo.story import rehearse
from referral.desk.actions import Arrival, arrive
from referral.handoff.referrals.leaving_actions import leave
from referral.handoff.referrals.models import Referral
from referral.journey.actions import keep_what_changed
from referral.known.now import Said
from referral.official.actions import enter
from referral.people.identity import Identity
from referral.people.models import Person

MOST = 4  # tries for each act that is done
SPAN = timedelta(days=300)
CHILDREN = 0.05
HOMES = st.sampled_from((None, "S12000049", "S12000036", "S12000045", "S12000019"))
ASKERS = st.sampled_from(("custody", "nurse", "worker", "peer"))
NALOXONE = st.sampled_from(("offered", "supplied", "has", "declined", "none"))
ETHNIC = st.sampled_from((None, "W-SCO", "A-PAK", "F-AFR", "UNSAID"))
TONGUES = st.sampled_from(("en", "pl", "ro", "bsl"))
LIMITED = st.sampled_from((None, "LOT", "NONE"))


class Untold(dict):
    """What was not told of a row of the year before is told now: nothing asks for it again."""

    def __init__(self, make) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, number):
        """A plain record of it."""
        self[number] = self.make(number)
        return self[number]


class Living(AtDesk, WithTeam, WithService, WithRecords):
    """One nation."""

    bookings = 20

    def __init__(self) -> None:
        super().__init__()
        self.told.stays = Untold(lambda number: Stay(number, None, self.at, ours=True))
        self.told.sent = Untold(self.unknown_referral)
        self.done = 0
        self.known_then = []  # a moment, and the rows as they stood
        self.clock_before = clock.source
        clock.source = lambda: self.at

    def unknown_referral(self, number):
        """Of a referral of the year before; so are its meetings."""
        made = Sent(number, self.told.stays[None], None, frozenset(), "accepted", left=True)
        made.meetings = Untold(lambda _: type("Said", (), {"moved_to": None, "before": ""})())
        return made

    def teardown(self) -> None:
        """Nothing is left."""
        clock.source = self.clock_before
        super().teardown()

    def lives(self, data: st.DataObject, seed: int, acts: int) -> None:
        """A year that was lived, and so many acts since, each of them kept as by a commit."""
        dice = Random(seed)
        rehearse(self.bookings if acts else 0, dice, SPAN, CHILDREN, START)
        self.told.people = list(db.session.scalars(select(Person.id).order_by(Person.words)))
        for stay in db.session.scalars(select(Booking).order_by(Booking.order)):
            self.is_known(stay)
        for number, source in ((400, "A"), (501, "B")):
            enter(figure("2025-26", number, source), staff("Isla Gunn"), START)
        marked = [one for _, one in getmembers(type(self)) if hasattr(one, RULE_MARKER)]
        rules = [getattr(one, RULE_MARKER) for one in marked]
        self.some_are_with_us(data, acts)
        for _ in range(MOST * acts):
            if self.done < acts:
                self.acts(data, data.draw(st.sampled_from(rules)))
                keep_what_changed(db.session())

    @contextmanager
    def doing(self) -> Iterator[None]:
        """One more was done, where no rule forbids it."""
        with super().doing():
            yield
            self.done += 1

    def some_are_with_us(self, data: st.DataObject, acts: int) -> None:
        """Of two who agreed, and were taken on or not, all can still be taken back."""
        for letter in "AB" if acts else "":
            self.somebody_comes("Govan", letter, 0)
            stay = db.session.scalars(select(Booking).order_by(Booking.order)).all()[-1]
            said = {"DRUG": Said.YES, "MH": Said.YES}
            self.answers(stay, OfferAnswer.ACCEPTED, said, Answer.GRANTED, data)
            case = db.session.scalars(select(Case).order_by(Case.order)).all()[-1]
            self.hand_on(data, case, Level.FULL)
            row = db.session.scalars(select(Referral).order_by(Referral.order)).all()[-1]
            self.moves_on(data, row, self.told.sent[row.id], "better")
        keep_what_changed(db.session())

    def is_known(self, stay: Booking) -> None:
        """Whose a stay is that the acts of a history did not begin."""
        mine = Stay(stay.id, stay.person_id, stay.authorised_at, ours=True)
        self.told.stays[stay.id] = mine

    def acts(self, data: st.DataObject, what: Rule) -> None:
        """One act, where it can be done at all."""
        if all(can(self) for can in what.preconditions or ()):
            wanted = {
                name: one for name, one in what.arguments_strategies.items() if name != "data"
            }
            drawn = {name: data.draw(one) for name, one in wanted.items()}
            mine = {"data": data} if "data" in what.arguments_strategies else {}
            what.function(self, **drawn, **mine)

    @rule()
    def somebody_writes_down_how_it_stands(self):
        """For a report as at this moment, made later."""
        if len(self.known_then) < 2:
            self.at += timedelta(minutes=7)
            keep_what_changed(db.session())
            self.known_then.append((self.at, rows_now()))

    @rule(
        place=st.sampled_from(list(PLACES)),
        sex=st.sampled_from("FMXU"),
        born=st.sampled_from((None, date(1960, 2, 29), date(1990, 7, 2), date(2009, 1, 1))),
        about=st.sampled_from((None, 1975)),
        home=HOMES,
        days=st.sampled_from((0, 1, 6, 24)),
    )
    def somebody_is_booked_late(self, place, sex, born, about, home, days):
        with self.doing():
            about = None if born else about
            who = Identity("Sam", "Reid", born, about, sex, council_code=home)
            since = self.at - timedelta(days=days, minutes=31)
            details = BookingDetails(who, since)
            stay = arrive(Arrival(details), self.desks[place], self.at)
            self.came(stay, place, stay.person_id)

    @rule(data=st.data(), answer=st.sampled_from(OfferAnswer), asker=ASKERS, said=SAID)
    def somebody_else_asks(self, data, answer, asker, said):
        if stay := self.stay(data, Booking.released_at.is_(None)):
            with self.doing():
                why = {"declined": "TRUST", "not asked": "RELQ"}.get(answer)
                again = self.at + timedelta(hours=2) if "no" in answer[:3] and not why else None
                details = OfferDetails(
                    answer, stay.version, why, again, otherwise=sayings(said), asker=asker
                )
                answer_offer(stay, details, [], PLAINLY, self.desk_of(stay), self.at)

    @rule(data=st.data(), given=NALOXONE, hours=st.sampled_from((0, 2, 20)))
    def somebody_has_left(self, data, given, hours):
        if stay := self.stay(data, Booking.released_at.is_(None)):
            with self.doing():
                gone_at = self.at - timedelta(hours=hours)
                gone = ReleaseDetails("UNDERTAKING", gone_at, given, stay.version)
                leave(stay, gone, self.desk_of(stay), self.at)

    @rule(data=st.data(), ethnicity=ETHNIC, disability=LIMITED)
    def they_say_who_they_are(self, data, ethnicity, disability):
        if case := self.case(data):
            with self.doing():
                said = AssessmentDetails(0, "cells", [Need("DRUG", "some", True)])
                said = replace(said, ethnicity=ethnicity, disability=disability)
                finish(case, said, self.worker, self.at)

    @rule(data=st.data(), place=st.sampled_from(list(PLACES)), language=TONGUES)
    def somebody_known_speaks_another_language(self, data, place, language):
        if number := self.pick(data, self.told.people):
            with self.doing():
                who = Identity("Sam", "Reid", language=language)
                details = BookingDetails(who, self.at - timedelta(minutes=5), number)
                stay = arrive(Arrival(details), self.desks[place], self.at)
                self.came(stay, place, number)

    @rule(way=st.sampled_from(Way), home=HOMES, said=SAID)
    def somebody_comes_by_another_door(self, way, home, said):
        with self.doing():
            who = Identity("Lee", "Orr", sex="M", council_code=home, phone="07700 900999")
            soon = self.at + timedelta(hours=20)
            coming = Coming(way, who, True, True, sayings(said), soon, "A charity", "Sheriff Court")
            case = write_down(coming, self.worker, self.at)
            self.told.people.append(case.person_id)
            self.is_known(case.booking)

    @rule(data=st.data(), how=st.sampled_from(Sure))
    def it_is_them(self, data, how):
        unmet = select(Booking.id).where(Booking.door != "custody", Booking.sure_at.is_(None))
        wanted = select(Case).where(Case.closed_at.is_(None), Case.booking_id.in_(unmet))
        if case := self.pick(data, db.session.scalars(wanted.order_by(Case.order)).all()):
            with self.doing():
                make_sure(case, how, self.worker, self.at)

    @rule(data=st.data())
    def a_closed_case_goes_on(self, data):
        wanted = select(Case).where(Case.closed_at.is_not(None)).order_by(Case.order)
        closed = db.session.scalars(wanted).all()
        case = self.pick(data, [one for one in closed if not open_case_of(one.person_id)])
        if case:
            with self.doing():
                ask_for_help(case, self.worker, self.at)
