"""Write down what was said of somebody. Nothing that was said before is touched."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from referral.access.actor import Actor
from referral.clock import day_of
from referral.db import db
from referral.directory.code_actions import NoSuchCode
from referral.directory.queries import choices_in
from referral.errors import RuleBroken
from referral.known.models import Observation
from referral.known.now import LIFTERS, About, Said, SaidIn
from referral.people.sources import Source


class SayWhyLifted(RuleBroken):
    """Say why the danger does not apply any more."""


class Stay(Protocol):
    """A stay in custody, as far as it is heard in it."""

    id: uuid.UUID
    person_id: uuid.UUID

    def dangers(self, at: datetime) -> Sequence[str]:
        """The codes of those that stand."""

    def hear(self, said: Sequence[Observation]) -> None:
        """Take in what was said."""


@dataclass(frozen=True)
class Saying:
    """An answer to one question: what it is about, by code; of a need its severity, by code."""

    kind: About
    code: str
    answer: Said = Said.YES
    severity: str | None = None
    wants_help: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class Hearing:
    """Who said it, and in the course of what: the offer or the assessment by its number.

    `happened_at` is when, where it is written down later.
    """

    act: SaidIn
    said_by: Source = Source.PERSON
    record_id: uuid.UUID | None = None
    happened_at: datetime | None = None


def observe(stay: Stay, said: Iterable[Saying], heard: Hearing, by: Actor, at: datetime) -> None:
    """Add what was said in a stay, each answer as a row of its own.

    Raises NoSuchCode for a yes to what is on no list today, SayWhyLifted where healthcare or a
    worker says of a danger that stands that it does not apply, and not why.
    """
    rows = [_row(stay, saying, heard, by, at) for saying in said]
    if not rows:
        return
    valid = choices_in([about.value for about in About], day_of(at))
    codes = {(name, code) for name, pairs in valid.items() for code, _ in pairs}
    if any(row.answer is Said.YES and (row.kind, row.code) not in codes for row in rows):
        raise NoSuchCode
    if any(row.act is SaidIn.LIFTED and not row.reason for row in rows):
        raise SayWhyLifted
    db.session.add_all(rows)
    stay.hear(rows)
    db.session.flush()  # the later one counts by the number that it is given now


def _row(stay: Stay, saying: Saying, heard: Hearing, by: Actor, at: datetime) -> Observation:
    denied = saying.kind is About.DANGER and saying.answer is Said.NO
    lifts = denied and heard.said_by in LIFTERS and saying.code in stay.dangers(at)
    return Observation(
        person_id=stay.person_id,
        booking_id=stay.id,
        kind=saying.kind,
        code=saying.code,
        answer=saying.answer,
        severity=saying.severity,
        wants_help=saying.wants_help,
        said_by=heard.said_by,
        by_id=by.user_id,
        act=SaidIn.LIFTED if lifts else heard.act,
        record_id=heard.record_id,
        reason=saying.reason,
        happened_at=heard.happened_at or at,
        recorded_at=at,
    )
