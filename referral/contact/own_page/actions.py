"""Acts of a person on their own page; each is the same act as on the team's pages."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from referral.access.actor import Actor
from referral.accounts.users.failure_actions import Gate, is_crowded, note_failed
from referral.audit.trail import Tag, record
from referral.casework.cases import asked_actions
from referral.casework.contact_plan.actions import OwnReach, follow, withdraw
from referral.casework.contact_plan.queries import plan_to_follow
from referral.casework.facts.meanings import Sender
from referral.casework.facts.queries import stopped_for
from referral.clock import day_of
from referral.consent.actions import (
    AS_BEFORE,
    Agreement,
    Circumstances,
    RulesSaid,
    record_agreements,
)
from referral.consent.purposes import Answer, Purpose
from referral.consent.queries import stands
from referral.contact.own_page.codes import code_of
from referral.contact.own_page.models import OwnVisit, OwnWord, PersonCard
from referral.contact.own_page.queries import (
    CARD,
    card_with,
    cards_of,
    case_of,
    code_on,
    hash_of,
    holders,
    oneself,
    referrals_to,
    standing_yes,
)
from referral.contact.worth_it.actions import WorthDetails, say_by_page
from referral.contact.worth_it.queries import open_question, point_to_answer
from referral.db import db
from referral.errors import RuleBroken
from referral.handoff.followup.cannot_actions import can_come, cannot_come
from referral.handoff.referrals.actions import withdraw_sharing
from referral.people.actions import new_phone
from referral.people.ages import Young
from referral.people.detail_actions import Heard
from referral.people.details import HeardIn
from referral.people.models import Person
from referral.people.queries import birth_dates
from referral.web.sealing import fingerprint_by, link_keys

LASTS = timedelta(days=365)
CARDS = Gate("card address", 20)
WRITTEN = Circumstances(given_how="signed")


class NotTogether(RuleBroken):
    """The code and date do not match. Check both, or try again in an hour."""


class NobodyToGive(RuleBroken):
    """Somebody said that they have died. If that is not so, say so on the case first."""

    status = 409


class SayHowFirst(RuleBroken):
    """Say first how we may reach you, further down."""


class NotYours(RuleBroken):
    """That has changed since you opened the page. Look at the page again."""

    status = 409


@dataclass(frozen=True)
class CardEntry:
    """The code on a card and a birth date, as typed, from which network address.

    `language` is the one that they had chosen to read in; None if they chose none.
    """

    code: str
    born: date | None
    address: str
    language: str | None = None


@dataclass(frozen=True)
class ReachDetails:
    """Whether and how the person wants to be reached; None is what they left as it was."""

    wanted: bool
    phone: str | None = None
    rules: RulesSaid = AS_BEFORE
    email: str | None = None
    address: str | None = None


def code_for(person: Person, team_id: UUID, by: Actor, at: datetime) -> str | None:
    """The code for a person's card, the same as long as it is good and the key that made it known.

    None without a birth date, for the code opens nothing alone. Raises NobodyToGive.
    """
    if stopped_for([person.id], Sender.CARD):
        raise NobodyToGive
    if person.date_of_birth is None:
        return None
    for card in cards_of(person.id, at):
        if code := code_on(card):
            return code
    return _new_card(person, team_id, by, at)


def stop_cards(person: Person, by: Actor, at: datetime) -> None:
    """The card was lost: it opens nothing from now on, and the next one printed has a new code."""
    for card in cards_of(person.id, at):
        card.revoked_at = at
        record(Tag.OWN_CARD_REVOKED, by, at, subject_id=person.id, record_id=card.id)


def _new_card(person: Person, team_id: UUID, by: Actor, at: datetime) -> str:
    card = PersonCard(person_id=person.id, team_id=team_id, made_at=at, expires_at=at + LASTS)
    card.id = uuid4()  # here, because the code is made from it
    key = link_keys()[0]
    code = code_of(card.id, key)
    card.fingerprint = fingerprint_by(key, CARD, code)
    db.session.add(card)
    record(Tag.OWN_CARD_MADE, by, at, subject_id=person.id, record_id=card.id)
    return code


def enter(entry: CardEntry, at: datetime) -> str | None:
    """The token of a new visit, or None: an unknown code and a wrong date are answered alike.

    After five wrong dates a card rests for an hour, after twenty tries from one network address
    in five minutes that address does. The caller commits either way.
    """
    card = card_with(entry.code)
    good = card is not None and card.lives(at) and not card.rests(at)
    right = card is not None and entry.born is not None and entry.born in birth_dates(card.person)
    if card is None or not good or not right or is_crowded(CARDS, entry.address, at):
        if card and good and not right:
            card.failures += 1
            card.last_failure_at = at
        note_failed(CARDS, entry.address, at)
        record(Tag.OWN_PAGE_REFUSED, oneself(card) if card else None, at)
        return None
    token = secrets.token_urlsafe(32)
    card.failures = 0
    card.language = entry.language or card.language
    visit = OwnVisit(card_id=card.id, token_hash=hash_of(token), started_at=at, seen_at=at)
    db.session.add(visit)
    record(Tag.OWN_PAGE_OPENED, oneself(card), at, subject_id=card.person_id, record_id=card.id)
    return token


def leave(visit: OwnVisit, at: datetime) -> None:
    """The visit is over: its token opens nothing any more."""
    visit.ended_at = at


def change_reach(card: PersonCard, details: ReachDetails, at: datetime) -> None:
    """Confirm or change how to be reached, or want no contact any more.

    What they leave as it was stays as it is: also a number that they were not shown.
    """
    me = oneself(card)
    agreed = stands(card.person_id, Purpose.CONTACT, at)
    if details.wanted:
        _reach(card, details, agreed, at)
    elif agreed:
        case = case_of(card.person_id)
        withdraw(case, Purpose.CONTACT, me, at)
        asked_actions.stays_stopped(case, [case.id], at)
        return
    record(Tag.OWN_REACH_CHANGED, me, at, subject_id=card.person_id)


def _reach(card: PersonCard, details: ReachDetails, agreed: bool, at: datetime) -> None:
    yes = Agreement(Purpose.CONTACT, Answer.GRANTED, rules=details.rules, phone=details.phone)
    if not agreed or details.rules != AS_BEFORE or details.phone == "":
        record_agreements(card.person, [yes], WRITTEN, oneself(card), at)
    elif details.phone:  # another number is no new answer
        new_phone(card.person, details.phone, Heard(HeardIn.OWN_PAGE, oneself(card), at))
    where = details.phone, details.email, details.address
    reach = OwnReach(details.rules.channels, *where)
    plan = plan_to_follow(card.person_id)
    if plan and reach != OwnReach(None, None, None, None):
        follow(plan, reach, at)


def say_word(card: PersonCard, service_id: UUID, helped: str, at: datetime) -> None:
    """Say whether it helped. Raises NotYours for a service that never had the person."""
    mine = [one for one in referrals_to(card.person_id) if one.service_id == service_id]
    if not mine:
        raise NotYours
    word = OwnWord(person_id=card.person_id, referral_id=mine[0].id, helped=helped, said_at=at)
    db.session.add(word)
    db.session.flush()  # the audit names it by its number
    record(Tag.OWN_WORD_SAID, oneself(card), at, subject_id=card.person_id, record_id=word.id)


def say_worth(card: PersonCard, details: WorthDetails, at: datetime) -> None:
    """Say whether it was worth it. Raises NotYours while that is not asked."""
    asked = open_question(card.person_id, at)
    if asked is None:
        raise NotYours
    say_by_page(point_to_answer(asked.id), details, oneself(card), at)


def ask_for_help(card: PersonCard, at: datetime) -> None:
    """They want help again: the team that they know is to reach them. Raises SayHowFirst."""
    if not stands(card.person_id, Purpose.CONTACT, at):
        raise SayHowFirst
    me = oneself(card)
    if card.person.young_on(day_of(at)) is not Young.UNDER_16:  # who cannot agree alone may ask
        yes = Agreement(Purpose.TALK, Answer.GRANTED)
        record_agreements(card.person, [yes], WRITTEN, me, at)
    asked_actions.ask_for_help(case_of(card.person_id), me, at)


def say_cannot(card: PersonCard, appointment_id: UUID, cannot: bool, at: datetime) -> None:
    """They cannot come to an appointment that they see, or can after all.

    Raises NotYours, TimeIsOver.
    """
    mine = [one.meets for one in holders(card.person_id, at) if one.meets]
    meets = next((one for one in mine if one.id == appointment_id), None)
    if meets is None:
        raise NotYours
    (cannot_come if cannot else can_come)(meets, oneself(card), at)


def stop(card: PersonCard, service_id: UUID | None, at: datetime) -> None:
    """Take back the sharing with one service, or everything that was agreed to.

    It holds from this moment on; each service that was told anything is told to stop. To stop
    twice is to stop once.
    """
    person_id = card.person_id
    me = oneself(card)
    agreed = standing_yes(person_id, at)
    shared = {yes.service_id for yes in agreed if yes.purpose == Purpose.SHARE}
    for referral in referrals_to(person_id):
        meant = service_id in {None, referral.service_id}
        if meant and (referral.service_id in shared or not referral.ended_at):
            withdraw_sharing(referral, me, at)
    if service_id is None:
        asked_actions.take_back_asking(case_of(person_id), at)
    for yes in agreed if service_id is None else ():
        if yes.purpose != Purpose.SHARE:
            withdraw(case_of(person_id), yes.purpose, me, at)
