"""The one question that every disclosure asks, and what the person answered."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.clock import day_of
from referral.consent.models import Consent, ConsentWords
from referral.consent.purposes import Answer, Level, Purpose
from referral.consent.words import ReadOut, Recording, to_read_out
from referral.db import db

MEANT_FOR: Mapping[Purpose, frozenset[Permission]] = {
    Purpose.TALK: frozenset({Permission.WORK_CASES}),
    Purpose.SHARE: frozenset(
        {Permission.WORK_CASES, Permission.SEE_INBOX, Permission.HAND_OFF_AT_DESK}
    ),
    Purpose.CONTACT: frozenset({Permission.WORK_CASES, Permission.SEE_INBOX}),
    Purpose.DESK: frozenset({Permission.SEE_CARD}),
    Purpose.HISTORY: frozenset({Permission.SEE_TIMELINE}),
    Purpose.OUTCOME: frozenset({Permission.WORK_CASES, Permission.SEE_CARD}),
    Purpose.GROUP: frozenset({Permission.WORK_CASES}),
}
Yeses = Mapping[tuple[UUID, UUID | None], Consent]  # by person and service
MOST_FIRST = (Level.FULL, Level.SUMMARY, Level.CONTACT)


def may(
    actor: Actor,
    purpose: Purpose,
    person_id: UUID,
    level: Level | None,
    at: datetime,
    service_id: UUID | None = None,
) -> bool:
    """Whether the person's word lets this actor do this now: the one function disclosure asks.

    A yes holds for the actors whom the purpose is meant for, up to the level that was granted, to
    the service that was named. Refused, withdrawn, expired and provisional all mean no; so does
    never having been asked.
    """
    granted = standing(actor, purpose, [person_id], at).get((person_id, service_id))
    if granted is None:
        return False
    wanted, most = _rank(level), _rank(granted.level)
    return wanted <= most


def standing(
    actor: Actor, purpose: Purpose, person_ids: Collection[UUID], at: datetime
) -> dict[tuple[UUID, UUID | None], Consent]:
    """The yeses that hold for one purpose, by person and service; in one statement."""
    if not any(actor.may(permission) for permission in MEANT_FOR[purpose]):
        return {}
    return _yeses(purpose, person_ids, at)


def for_services(
    purpose: Purpose, person_ids: Collection[UUID], at: datetime
) -> dict[tuple[UUID, UUID | None], Consent]:
    """The same for what services are told, whoever looks at it: a preview shows no less or more."""
    if Permission.SEE_INBOX not in MEANT_FOR[purpose]:
        return {}
    return _yeses(purpose, person_ids, at)


def _yeses(
    purpose: Purpose, person_ids: Collection[UUID], at: datetime
) -> dict[tuple[UUID, UUID | None], Consent]:
    wanted = select(Consent).where(
        Consent.purpose == purpose,
        Consent.person_id.in_(person_ids),
        Consent.mistaken_at.is_(None),
    )
    rows = db.session.scalars(wanted.order_by(Consent.order))
    latest = {(row.person_id, row.service_id): row for row in rows}
    today = day_of(at)
    return {key: row for key, row in latest.items() if holds(row) and row.expires_on > today}


def holds(row: Consent) -> bool:
    """Whether this answer, being the latest and not expired, is a yes to rely on."""
    return row.answer == Answer.GRANTED and not row.provisional


def stands(person_id: UUID, purpose: Purpose, at: datetime) -> bool:
    """Whether the person's own yes to something stands: for acts that show nothing to anybody."""
    return own_yes(person_id, purpose, at) is not None


def own_yes(person_id: UUID, purpose: Purpose, at: datetime) -> Consent | None:
    """The person's own yes to a purpose, with its rules, for what is sent to them alone.

    None when they said no, took it back, or it has run out.
    """
    return own_yeses([person_id], purpose, at).get(person_id)


def own_yeses(person_ids: Collection[UUID], purpose: Purpose, at: datetime) -> dict[UUID, Consent]:
    """The same for many people, in one statement; not for sharing, which names a service."""
    return of_persons(_yeses(purpose, person_ids, at))


def of_persons(yeses: Yeses) -> dict[UUID, Consent]:
    """The same yeses by person alone."""
    return {person: row for (person, _), row in yeses.items()}


def latest_answers(person_id: UUID) -> Sequence[Consent]:
    """The last answer of a person to each question, in the order in which they were given."""
    wanted = select(Consent).filter_by(person_id=person_id, mistaken_at=None)
    wanted = wanted.order_by(Consent.order)
    latest = {(row.purpose, row.service_id): row for row in db.session.scalars(wanted)}
    return sorted(latest.values(), key=lambda row: row.order)


def last_yeses(person_id: UUID) -> Mapping[tuple[Purpose, UUID | None], Consent]:
    """The last yes of a person to each question, by purpose and service; it need not stand."""
    wanted = select(Consent).filter_by(person_id=person_id, mistaken_at=None, answer=Answer.GRANTED)
    rows = db.session.scalars(wanted.order_by(Consent.order))
    return {(row.purpose, row.service_id): row for row in rows}


def last_yes_to_contact(
    person_id: UUID, said_at: Collection[datetime] | None = None
) -> Consent | None:
    """The last yes of a person to be contacted, whether or not it still stands.

    With moments: only where the last answer at all is a yes that was written down at one of them.
    """
    wanted = select(Consent).filter_by(
        person_id=person_id, purpose=Purpose.CONTACT, mistaken_at=None
    )
    if said_at is None:
        wanted = wanted.filter_by(answer=Answer.GRANTED)
    last = db.session.scalars(wanted.order_by(Consent.order.desc()).limit(1)).one_or_none()
    if last is None or (said_at is not None and last.recorded_at not in said_at):
        return None
    return last if last.answer == Answer.GRANTED else None


def that_end(by: date, *, provisional: bool = False) -> Select[Consent]:
    """The yeses that are the last word on their question and end by a day, or have ended.

    Those to rely on, or the `provisional` ones.
    """
    later = aliased(Consent)
    same_service = or_(
        later.service_id == Consent.service_id,
        and_(later.service_id.is_(None), Consent.service_id.is_(None)),
    )
    newer = exists().where(
        later.person_id == Consent.person_id,
        later.purpose == Consent.purpose,
        same_service,
        later.mistaken_at.is_(None),
        later.order > Consent.order,
    )
    return select(Consent).where(
        Consent.answer == Answer.GRANTED,
        Consent.provisional.is_(provisional),
        Consent.mistaken_at.is_(None),
        Consent.expires_on <= by,
        ~newer,
    )


def said_in(person_id: UUID, since: datetime, until: datetime | None) -> Sequence[Consent]:
    """What was recorded of a person's answers in a time, and stands, in the order of writing."""
    wanted = select(Consent).filter_by(person_id=person_id, mistaken_at=None)
    wanted = wanted.where(Consent.recorded_at >= since)
    if until:
        wanted = wanted.where(Consent.recorded_at <= until)
    return db.session.scalars(wanted.order_by(Consent.order)).all()


def words_in(language: str, at: datetime) -> dict[str, ConsentWords]:
    """The words for each purpose, in a language or else in English; newest first."""
    wanted = select(ConsentWords).where(
        ConsentWords.language.in_({language, "en"}),
        ConsentWords.valid_from <= day_of(at),
    )
    english_first = (ConsentWords.language != "en", ConsentWords.number)
    return {row.purpose: row for row in db.session.scalars(wanted.order_by(*english_first))}


def read_out(language: str, at: datetime) -> ReadOut:
    """The words as a page shows them to be read out to somebody of this language."""
    return to_read_out(words_in(language, at), language)


def recordable(at: datetime) -> set[Recording]:
    """Each recording that would be played: of the words that are shown now to somebody."""
    languages = select(ConsentWords.language).distinct().order_by(ConsentWords.language)
    shown = [read_out(language, at) for language in db.session.scalars(languages).all()]
    spoken = (words.spoken(purpose) for words in shown for purpose in words.versions)
    return {one for one in spoken if one}


def _rank(level: Level | None) -> int:
    return 0 if level is None else len(MOST_FIRST) - MOST_FIRST.index(level)
