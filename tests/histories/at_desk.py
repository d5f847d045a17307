"""What is done at the desk, in any order, and taken back."""

from collections import Counter
from datetime import timedelta

from histories.playing import PHONES, PLACES, Playing
from histories.told import DANGERS, NEEDS, Stay
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from referral.access.actor import Actor
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.acts.queries import last_act
from referral.casework.cases.actions import answer_offer
from referral.consent.actions import PLAINLY, Agreement, ContactRules
from referral.consent.purposes import Answer, Purpose
from referral.custody.actions import BookingDetails, OfferDetails, ReleaseDetails
from referral.custody.health_actions import lift
from referral.custody.leg_actions import TransferDetails, arrive_at_centre, transfer
from referral.custody.leg_models import StayLeg
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.custody.places import Mistake, ways_from
from referral.custody.stay_actions import MistakeDetails, TimesDetails
from referral.db import db
from referral.desk.actions import Arrival, StillTrue, arrive, confirm
from referral.desk.already import Already
from referral.desk.mistake_actions import call_mistake
from referral.desk.stay_actions import correct_began, correct_who, undo
from referral.handoff.referrals.leaving_actions import leave, take_back_leaving
from referral.known.actions import Saying
from referral.known.now import About, Said
from referral.merging.detaching.actions import DetachDetails, detach
from referral.people.correcting_actions import Correction
from referral.people.identity import Identity

SAID = st.dictionaries(st.sampled_from(NEEDS + DANGERS), st.sampled_from(Said), max_size=3)
WHYS = {OfferAnswer.DECLINED: ("TRUST", None), OfferAnswer.NOT_ASKED: ("RELQ",)}
LATER = {OfferAnswer.NOT_NOW, OfferAnswer.NOT_FIT}
ROUTES = ("UNDERTAKING", "COURT", "REMAND", "HOSP")
MINUTES = st.sampled_from((0, 50, 1500))


def sayings(said: dict[str, Said]) -> list[Saying]:
    """These answers, each about what its code is of."""
    about = dict.fromkeys(NEEDS, About.NEED) | dict.fromkeys(DANGERS, About.DANGER)
    return [Saying(about[code], code, answer, reason="Looked") for code, answer in said.items()]


class AtDesk(Playing):
    """Booked, asked, sent on and let go; and each of it taken back."""

    def came(self, booking: Booking, place: str, who) -> None:
        """A stay began, unless it is one that goes on."""
        if booking.id not in self.told.stays:
            since, ours = booking.authorised_at, PLACES[place]
            self.told.stays[booking.id] = Stay(booking.id, who, since, ours)
        if booking.person_id not in self.told.people:
            self.told.people.append(booking.person_id)

    @rule(place=st.sampled_from(list(PLACES)), letter=st.sampled_from("AB"), minutes=MINUTES)
    def somebody_comes(self, place, letter, minutes):
        with self.doing():
            who = Identity(f"Jo{letter}", "Reid", sex="F", phone=PHONES[1])
            since = self.at - timedelta(minutes=minutes)
            stay = arrive(Arrival(BookingDetails(who, since)), self.desks[place], self.at)
            self.came(stay, place, stay.person_id)

    @precondition(lambda self: self.told.people)
    @rule(
        data=st.data(),
        place=st.sampled_from(list(PLACES)),
        phone=st.sampled_from(PHONES),
        already=st.sampled_from(Already),
        minutes=MINUTES,
    )
    def somebody_comes_back(self, data, place, phone, already, minutes):
        known = self.who(data)
        here = [s for s in self.told.stays.values() if s.who == known and not s.mistake]
        with self.doing():
            who = Identity("Jo", "Reid", postcode="G51 2AB", phone=phone)
            details = BookingDetails(who, self.at - timedelta(minutes=minutes), known)
            stay = arrive(Arrival(details, already=already), self.desks[place], self.at)
            if already is not Already.SOMEBODY_ELSE or not here:
                assert stay.person_id == known
            self.came(stay, place, stay.person_id)

    @rule(
        data=st.data(),
        answer=st.sampled_from([OfferAnswer.ACCEPTED, *OfferAnswer]),
        said=SAID,
        contact=st.sampled_from((Answer.GRANTED, Answer.GRANTED, Answer.REFUSED, None)),
        quietly=st.booleans(),
    )
    def an_offer_is_answered(self, data, answer, said, contact, quietly):
        if stay := self.stay(data, Booking.released_at.is_(None)):
            self.answers(stay, answer, said, contact, data, quietly)

    def answers(self, stay, answer, said, contact, data, quietly=False):
        with self.doing():
            why = self.pick(data, WHYS.get(answer, (None,)))
            again = self.at + timedelta(hours=2) if answer in LATER else None
            rules = ContactRules(no_message=quietly)
            agreed = [Agreement(Purpose.CONTACT, contact, rules=rules)] if contact else []
            details = OfferDetails(answer, stay.version, why, again, otherwise=sayings(said))
            answer_offer(stay, details, agreed, PLAINLY, self.desk_of(stay), self.at)
            told = self.told_of(stay.id)
            unfit = "UNFIT" if answer is OfferAnswer.NOT_FIT else ""
            told.answers.append((str(answer), unfit or why or ""))
            told.hears(said)

    @rule(data=st.data(), reason=st.sampled_from(("Looked", "")))
    def healthcare_lifts_a_danger(self, data, reason):
        stay = self.stay(data, Booking.released_at.is_(None))
        if danger := stay and self.pick(data, stay.dangers_at_desk(self.at)):
            with self.doing():
                lift(stay, danger, reason, self.desk_of(stay), self.at)
                self.told_of(stay.id).hears({danger: Said.NO})

    @rule(data=st.data(), phone=st.sampled_from(PHONES))
    def they_say_what_is_still_true(self, data, phone):
        if stay := self.stay(data, Booking.released_at.is_(None)):
            with self.doing():
                confirm(stay, StillTrue(phone=phone), self.desk_of(stay), self.at)

    @rule(data=st.data())
    def somebody_leaves(self, data):
        if stay := self.stay(data, Booking.released_at.is_(None)):
            route = self.pick(data, list(ways_from(stay.leg.place)) or ROUTES)
            with self.doing():
                sits = self.at + timedelta(hours=20) if route == "COURT" else None
                gone = ReleaseDetails(route, self.at, "none", stay.version, sits)
                leave(stay, gone, self.desk_of(stay), self.at)

    @rule(data=st.data(), place=st.sampled_from(list(PLACES)))
    def somebody_is_taken_to_another_desk(self, data, place):
        if stay := self.stay(data, Booking.released_at.is_(None)):
            with self.doing():
                to = TransferDetails(self.desks[place].centre_id, self.at, stay.version)
                transfer(stay, to, self.desk_of(stay), self.at)

    @precondition(
        lambda self: self.is_some(StayLeg.arrived_at.is_(None), StayLeg.place == "centre")
    )
    @rule(data=st.data())
    def somebody_arrives_there(self, data):
        if stay := self.stay(data, Booking.released_at.is_(None)):
            with self.doing():
                arrive_at_centre(stay, self.desk_of(stay), self.at)

    @precondition(lambda self: self.is_some(StayLeg.until.is_not(None)))
    @rule(data=st.data())
    def they_have_not_left(self, data):
        gone = select(StayLeg.booking_id).where(StayLeg.until.is_not(None))
        if stay := self.stay(data, Booking.id.in_(gone)):
            with self.doing():
                take_back_leaving(stay, stay.version, "No", self.may(stay), self.at)

    def may(self, stay: Booking) -> Actor:
        """The supervisor at the desk of a stay."""
        desk = self.desk_of(stay)
        return type(desk)(**vars(self.supervisor) | {"centre_id": desk.centre_id})

    @rule(data=st.data(), why=st.sampled_from(Mistake))
    def it_was_booked_by_mistake(self, data, why):
        if stay := self.stay(data):
            with self.doing():
                call_mistake(stay, MistakeDetails(why, stay.version), self.may(stay), self.at)
                self.told_of(stay.id).mistake = True
                drafts = [one for one in self.told.sent.values() if one.stay.number == stay.id]
                for one in drafts:
                    if one.state == "draft":
                        one.goes("mark_error", self.at)
                        one.dropped = True

    @precondition(lambda self: any(stay.mistake for stay in self.told.stays.values()))
    @rule(data=st.data())
    def it_was_no_mistake(self, data):
        told = self.pick(data, [one for one in self.told.stays.values() if one.mistake])
        stay = db.session.get_one(Booking, told.number)
        with self.doing():
            act = last_act(stay.id, (ActKind.VOIDED,))
            undo(stay, act, "It was so", self.may(stay), self.at)
            told.mistake = False
            for one in self.told.sent.values():
                if one.dropped and one.stay is told:
                    one.state, one.ended_at, one.dropped = "draft", None, False

    @rule(data=st.data(), minutes=st.sampled_from((3, 90, 2000)))
    def custody_began_earlier(self, data, minutes):
        if stay := self.stay(data):
            with self.doing():
                since = stay.authorised_at - timedelta(minutes=minutes)
                details = TimesDetails(since, "Misread", stay.version)
                correct_began(stay, details, self.may(stay), self.at)
                told = self.told_of(stay.id)
                told.earlier.append(told.since)
                told.since = since

    @rule(data=st.data())
    def the_record_was_wrong(self, data):
        if stay := self.stay(data):
            with self.doing():
                name = self.pick(data, ("Joan", "June", "Jean"))
                details = Correction(name, "Reid", "", None, "F", "Misheard")
                correct_who(stay, details, self.may(stay), self.at)

    @precondition(lambda self: self.is_some(Act.kind == ActKind.CORRECTED))
    @rule(data=st.data())
    def a_correction_is_taken_back(self, data):
        if stay := self.stay(data):
            about = self.pick(data, (stay.id, stay.person_id))
            with self.doing():
                if act := last_act(about, (ActKind.CORRECTED,)):
                    undo(stay, act, "It was right", self.may(stay), self.at)
                    if about == stay.id:
                        self.told_of(stay.id).since = self.told_of(stay.id).earlier.pop()

    @precondition(
        lambda self: len({s.who for s in self.told.stays.values()}) < len(self.told.stays)
    )
    @rule(data=st.data())
    def it_was_somebody_else(self, data):
        """Of a record that has more than one stay."""
        many = [who for who, n in Counter(s.who for s in self.told.stays.values()).items() if n > 1]
        if stay := self.stay(data, Booking.person_id.in_(many)):
            with self.doing():
                new = detach(stay, DetachDetails("Not them", stay.version), self.may(stay), self.at)
                self.told_of(stay.id).who = new.id
                self.told.people.append(new.id)
