"""Write down what somebody says of their phone, address and language; nothing is overwritten."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor, Oneself
from referral.db import db
from referral.people.details import Detail, HeardIn, Value, Word, columns, settled, written
from referral.people.models import Person, SaidDetail
from referral.people.sources import Source


@dataclass(frozen=True)
class Heard:
    """Who heard it when, in the course of what, and out of whose mouth."""

    act: HeardIn
    by: Actor
    at: datetime
    said_by: Source = Source.PERSON


def say(person: Person, said: Mapping[Detail, Value], heard: Heard) -> None:
    """Add what was said, each detail as a row of its own; `reindex` says what counts from now on.

    The person is locked, so that of two who write at once the later one has the later number.
    """
    if not said:
        return
    db.session.refresh(person, with_for_update=True)
    for detail, value in settled(said).items():
        word = SaidDetail(person_id=person.id, detail=detail, value=written(value))
        word.said_by, word.heard_in = heard.said_by, heard.act
        word.by_id = None if isinstance(heard.by, Oneself) else heard.by.user_id
        word.happened_at = word.recorded_at = heard.at
        db.session.add(word)


def repeat(person: Person, words: Iterable[Word]) -> None:
    """The columns of a person say what counts of these words. Nothing else writes them."""
    for detail, value in columns(words).items():
        setattr(person, detail.value, value)


def take_back(numbers: Collection[UUID], at: datetime) -> None:
    """These words, by their numbers, should not have been written down: they count no more."""
    for number in sorted(numbers):
        db.session.get_one(SaidDetail, number).take_back(at)
