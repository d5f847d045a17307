"""What is refused of what a person agrees to: each rule with the act that breaks it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from rules.scene import Breaks, Scene

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.casework.cases import actions as cases
from referral.casework.cases.asked_actions import note_spoken
from referral.casework.cases.models import Case
from referral.casework.cases.refusals import CaseClosed, DeclinedYetContact
from referral.consent import actions as consents
from referral.consent.actions import PLAINLY, Agreement, ContactRules
from referral.consent.purposes import Answer, Companion, Level, Purpose
from referral.contact.own_page import actions as own
from referral.contact.own_page.catalogue import Line, Translation
from referral.contact.own_page.models import PersonCard
from referral.contact.own_page.queries import card_with
from referral.contact.own_page.stopped_actions import BackDetails, leave_stopped, take_back
from referral.contact.own_page.stopped_queries import Stopped, stopped_here
from referral.contact.own_page.tongue_actions import NobodyConfirms, NotAsWritten, choose, put_in
from referral.custody.actions import OfferDetails
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.directory.models import Service
from referral.directory.queries import NotInList
from referral.handoff.followup.cannot_actions import TimeIsOver, cannot_come
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals.refusals import AWorkerDecides, NotForTheirAge

BESIDE = consents.Circumstances(accompanied_by=Companion.ADULT)
CONTACT = Agreement(Purpose.CONTACT, Answer.GRANTED)


def unasked(s: Scene) -> Booking:
    """Somebody in the cells whom nobody asked yet."""
    return s.own(Booking, "booking_id-unasked")


def declines(s: Scene, *said: Agreement):
    """They want no worker, and say more besides."""
    booking = unasked(s)
    details = OfferDetails(OfferAnswer.DECLINED, booking.version)
    return cases.answer_offer(booking, details, said, PLAINLY, s.officer, s.at)


def agrees_without_a_number(s: Scene):
    """A yes to calls by somebody who takes their number back."""
    calls = Agreement(Purpose.CONTACT, Answer.GRANTED, rules=ContactRules(("call",)), phone="")
    return consents.record_agreements(unasked(s).person, [calls], PLAINLY, s.officer, s.at)


def agrees_alone(s: Scene, years: int):
    """Somebody so old agrees to be contacted, and nobody is with them."""
    person = unasked(s).person
    person.date_of_birth = date(s.at.year - years, 1, 1)
    return consents.record_agreements(person, [CONTACT], PLAINLY, s.officer, s.at)


def hands_on(s: Scene, years: int, by: Actor, how: consents.Circumstances = PLAINLY):
    """Somebody so old is handed to a service that says nothing of age."""
    case = s.own(Case, "case_id")
    case.person.date_of_birth = date(s.at.year - years, 1, 1)
    service = Service(organisation_id=s.service.organisation_id, name="Open to all")
    db.session.add(service)
    db.session.flush()
    return handoff.hand_off(
        case, handoff.HandOffDetails({service.id: Level.CONTACT}, False, how=how), by, s.at
    )


def asks_without_a_way(s: Scene):
    """Help again, from somebody who wants no contact."""
    card = card_with(s.places["own"]["card"])
    no = Agreement(Purpose.CONTACT, Answer.WITHDRAWN)
    consents.record_agreements(card.person, [no], PLAINLY, s.worker, s.at)
    return own.ask_for_help(card, s.at)


def speaks_in_a_closed_case(s: Scene):
    """The case has ended since they asked."""
    case = s.own(Case, "case_id-here")
    handoff.close_case(case, "DONE", case.version, s.worker, s.at)
    return note_spoken(case, s.worker, s.at)


def cannot_come_to_a_strangers(s: Scene):
    """An appointment of somebody else."""
    card = card_with(s.places["own"]["card"])
    return own.say_cannot(card, UUID(s.places["foreign"]["appointment_id"]), True, s.at)


def cannot_come_afterwards(s: Scene):
    """It is over."""
    return cannot_come(s.own(Appointment, "appointment_id"), s.worker, s.at + timedelta(seconds=1))


def stopped(s: Scene, purpose: Purpose) -> tuple[PersonCard, Stopped]:
    """Somebody has stopped everything on their page, and this of it."""
    card = card_with(s.places["own"]["card"])
    consents.record_agreements(card.person, [CONTACT], PLAINLY, s.worker, s.at)
    own.stop(card, None, s.at)
    found = stopped_here(card.person, s.at)
    return card, next(one for one in found if one.answer.purpose == purpose)


def takes_back_what_was_not_stopped(s: Scene):
    """It is not theirs, or they have taken it back in another tab."""
    return take_back(card_with(s.places["own"]["card"]), BackDetails(UUID(int=0)), s.at)


def takes_back_to_other_words(s: Scene):
    """The text that they read is not the one that they would agree to."""
    card, one = stopped(s, Purpose.CONTACT)
    return take_back(card, BackDetails(one.answer.id, UUID(int=0)), s.at)


def wants_a_service_and_no_contact(s: Scene):
    """Nobody may talk to them first."""
    card, one = stopped(s, Purpose.SHARE)
    return take_back(card, BackDetails(one.answer.id), s.at)


def leaves_stopped_what_was_not_asked_for(s: Scene):
    """They have not asked for that service again."""
    card, one = stopped(s, Purpose.SHARE)
    return leave_stopped(card, one.answer.service_id, s.at)


def puts_in(s: Scene, line: Line, translator: str = "Anna, 2 December", language: str = "pl"):
    """A sheet of one line comes back from a translator."""
    sheet = Translation(language, translator, [line])
    return put_in(sheet, s.user(Role.ADMINISTRATOR).actor, s.at)


def chooses_no_language(s: Scene):
    """A form that was sent by hand."""
    return choose(card_with(s.places["own"]["card"]), "", s.at)


YES = Line(2, "yes", "Yes", "Tak")
BREAKS: Breaks = [
    (NobodyConfirms, lambda s: puts_in(s, YES, translator="")),
    (NotAsWritten, lambda s: puts_in(s, replace(YES, text="{when}"))),
    (NotInList, lambda s: puts_in(s, YES, language="en")),
    (NotInList, chooses_no_language),
    (own.NotYours, takes_back_what_was_not_stopped),
    (own.NotYours, takes_back_to_other_words),
    (own.SayHowFirst, wants_a_service_and_no_contact),
    (own.NotYours, leaves_stopped_what_was_not_asked_for),
    (own.SayHowFirst, asks_without_a_way),
    (own.NotYours, cannot_come_to_a_strangers),
    (TimeIsOver, cannot_come_afterwards),
    (CaseClosed, speaks_in_a_closed_case),
    (consents.AloneUnder16, lambda s: agrees_alone(s, 15)),
    (AWorkerDecides, lambda s: hands_on(s, 17, s.officer)),
    (NotForTheirAge, lambda s: hands_on(s, 15, s.worker, BESIDE)),
    (DeclinedYetContact, lambda s: declines(s, CONTACT)),
    (consents.NoWayToReach, agrees_without_a_number),
]
