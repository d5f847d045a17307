"""Record what the person agrees to, refuses or takes back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor, Oneself
from referral.audit.trail import Tag, record
from referral.clock import day_of
from referral.consent.models import Consent, ConsentWords
from referral.consent.purposes import Answer, Companion, Level, Purpose
from referral.consent.queries import last_yes_to_contact, latest_answers, words_in
from referral.consent.reaching import can_be_reached
from referral.consent.words import ENGLISH, shipped_words
from referral.db import db
from referral.directory.bounds import UNMET
from referral.errors import RuleBroken, StaleEdit
from referral.people.actions import new_phone
from referral.people.ages import Young
from referral.people.detail_actions import Heard
from referral.people.details import HeardIn
from referral.people.models import Person

LASTS = timedelta(days=365)


class AloneUnder16(RuleBroken):
    """Under 16, a parent, carer or appropriate adult has to be there. Say who it is."""

    fields = ("accompanied_by",)


class NoWayToReach(RuleBroken):
    """Ask how they can be reached: type a phone number, or tick a way that needs none."""

    fields = ("phone", "channels")


@dataclass(frozen=True)
class ContactRules:
    """How the person may be reached safely: channels by code, times in words, what never to do."""

    channels: tuple[str, ...] = ()
    safe_times: str = ""
    no_message: bool = False
    no_letters: bool = False

    def after(self, before: "ContactRules") -> "ContactRules":
        """What counts once all of this was said, whatever was said before."""
        del before
        return self


@dataclass(frozen=True)
class RulesSaid:
    """What was said this time of how to reach them; None is silence, and replaces no answer."""

    channels: tuple[str, ...] | None = None
    safe_times: str | None = None
    no_message: bool | None = None
    no_letters: bool | None = None

    def after(self, before: ContactRules) -> ContactRules:
        """What counts now: each answer that was given, else the one before."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(before, **said)


AS_BEFORE = RulesSaid()


@dataclass(frozen=True)
class Agreement:
    """One answer of the person; service and level only for sharing, rules only for contact.

    Rules that were not spoken of stay as they were when the person last agreed to be contacted.
    `phone` is the number that they give with a yes to be contacted; None leaves it as it is.
    """

    purpose: Purpose
    answer: Answer
    service_id: UUID | None = None
    level: Level | None = None
    rules: ContactRules | RulesSaid = AS_BEFORE
    phone: str | None = None


@dataclass(frozen=True)
class Circumstances:
    """How the answers were given. With a doubt they are provisional until a worker confirms.

    `unmet` is who only rang, or was spoken for: provisional as well, and for two weeks alone.
    `language` is that of the words that stood on the screen; None where none were read out.
    """

    language: str | None = None
    given_how: str = "spoken"
    interpreter: bool = False
    accompanied_by: Companion | None = None
    accompanied_name: str = ""
    provisional: bool = False
    capacity_note: str = ""
    unmet: bool = False


PLAINLY = Circumstances()


def record_agreements(
    person: Person, answers: Sequence[Agreement], how: Circumstances, by: Actor, at: datetime
) -> list[Consent]:
    """Add the answers to what the person said before. A year later they have expired.

    Raises StaleEdit where the record was joined with another one meanwhile, NoWayToReach,
    AloneUnder16.
    """
    # locked, so that the answers of one person are counted in the order in which they are given
    locked = db.session.get_one(Person, person.id, with_for_update=True)
    if locked.merged_into_id:
        raise StaleEdit
    agrees = any(agreement.answer is Answer.GRANTED for agreement in answers)
    under_16 = person.young_on(day_of(at)) is Young.UNDER_16
    if agrees and under_16 and how.accompanied_by is None:
        raise AloneUnder16
    words = words_in(how.language, at) if how.language else {}
    added = []
    for agreement in answers:
        consent = _consent(person, agreement, how, words.get(agreement.purpose), at)
        if agreement.purpose is Purpose.CONTACT and agreement.answer is Answer.GRANTED:
            consent.reach_by(**asdict(_how_to_reach(person, agreement, by, at)))
        consent.explained_by_id = by.user_id
        db.session.add(consent)
        added.append(consent)
    db.session.flush()  # the audit names them by their numbers
    for consent in added:
        record(Tag.CONSENT_RECORDED, by, at, subject_id=person.id, record_id=consent.id)
    return added


def _how_to_reach(person: Person, agreement: Agreement, by: Actor, at: datetime) -> ContactRules:
    if agreement.phone is not None and agreement.phone != person.phone:
        heard_in = HeardIn.OWN_PAGE if isinstance(by, Oneself) else HeardIn.AGREEMENT
        new_phone(person, agreement.phone, Heard(heard_in, by, at))
    rules = agreement.rules.after(rules_before(person.id))
    if not can_be_reached(person.phone, person.postcode, rules.channels):
        raise NoWayToReach
    return rules


def _consent(
    person: Person,
    agreement: Agreement,
    how: Circumstances,
    words: ConsentWords | None,
    at: datetime,
) -> Consent:
    return Consent(
        person_id=person.id,
        purpose=agreement.purpose,
        service_id=agreement.service_id,
        level=agreement.level,
        answer=agreement.answer,
        provisional=(how.provisional or how.unmet) and agreement.answer is Answer.GRANTED,
        given_how=how.given_how,
        interpreter=how.interpreter,
        accompanied_by=how.accompanied_by,
        accompanied_name=how.accompanied_name,
        capacity_note=how.capacity_note,
        words_id=words.id if words else None,
        given_at=at,
        recorded_at=at,
        expires_on=day_of(at + (UNMET if how.unmet else LASTS)),
    )


def rules_before(person_id: UUID) -> ContactRules:
    """How to reach the person when they last said yes to it, whatever they said since."""
    return rules_of(last_yes_to_contact(person_id)) or ContactRules()


def rules_of(consent: Consent | None) -> ContactRules | None:
    """The rules that a yes to be contacted came with; None where there is none."""
    if consent is None:
        return None
    return ContactRules(
        consent.channels, consent.safe_times, consent.no_message, consent.no_letters
    )


def confirm(person: Person, by: Actor, at: datetime) -> None:
    """A worker has made sure that the person can decide: what was provisional holds from now on.

    What has run out meanwhile is to be asked again.
    """
    doubted = [c for c in latest_answers(person.id) if c.provisional and c.expires_on > day_of(at)]
    answers = [
        Agreement(
            c.purpose,
            c.answer,
            c.service_id,
            c.level,
            rules_of(c) or ContactRules(),
        )
        for c in doubted
    ]
    record_agreements(person, answers, _as_before(doubted), by, at)


def _as_before(doubted: Sequence[Consent]) -> Circumstances:
    """What was said stands as it was heard: in which words, and with whom."""
    heard = next((c.words.language for c in doubted if c.words), None)
    beside = next((c for c in doubted if c.accompanied_by), None)
    if beside is None:
        return Circumstances(heard)
    return Circumstances(
        heard, accompanied_by=beside.accompanied_by, accompanied_name=beside.accompanied_name
    )


def withdraw(person: Person, purpose: Purpose, by: Actor, at: datetime) -> None:
    """The person takes back one yes; sharing is taken back service by service, in handoff."""
    taken_back = Agreement(purpose, Answer.WITHDRAWN)
    record_agreements(person, [taken_back], PLAINLY, by, at)


def mark_mistaken(answers: Sequence[Consent], by: Actor, at: datetime) -> None:
    """These were never given: they count no more, and what was said before counts again."""
    for answer in answers:
        answer.mistaken_at = at
        record(Tag.CONSENT_MISTAKEN, by, at, subject_id=answer.person_id, record_id=answer.id)


def load_words(on: date) -> None:
    """Put the shipped words into an empty database, valid from a day."""
    for words in shipped_words():
        db.session.add(ConsentWords(**asdict(words), valid_from=on))


def translate_words(language: str, texts: Mapping[str, str | None], at: datetime) -> None:
    """Words that a translator confirmed, by purpose, valid from today: a new text is a new version.

    None where one was wrong: the English is read out again, until there is another.
    """
    rows = select(ConsentWords).filter_by(language=language).order_by(ConsentWords.number)
    last = {row.purpose: row for row in db.session.scalars(rows)}
    english = words_in(ENGLISH, at)
    for purpose, text in texts.items():
        before = last.get(purpose)
        lent = text is None
        if ((before.needs_translator and lent) or before.text == text) if before else lent:
            continue
        row = ConsentWords(purpose=purpose, language=language, needs_translator=lent)
        row.number = before.number + 1 if before else 1
        row.text = english[purpose].text if text is None else text
        row.valid_from = day_of(at)
        db.session.add(row)
