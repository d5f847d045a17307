"""Kinds of work. Higher chapters register theirs when the application is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.permissions import Permission
from referral.jobs.rhythms import Rhythm


class Undeliverable(Exception):
    """The receiver will never take it: another try is useless."""


@dataclass(frozen=True)
class Task:
    """One piece of work in a worker's hands; `at` is the moment that its records carry.

    `key` is the same at each try: a receiver that has seen it takes it for the same thing.
    """

    job_id: UUID
    key: str
    about_id: UUID | None
    at: datetime


@dataclass(frozen=True)
class Progress:
    """How far a piece of long work is: what it does now, and how many of its steps are done."""

    doing: str
    done: int = 0
    steps: int = 0  # 0: nobody counts them


@dataclass(frozen=True)
class Effect:
    """The part of a piece of work that reaches out of the database.

    `send` runs outside any transaction and may be repeated. `note` writes down that it happened, in
    the transaction in which the work is finished.
    """

    send: Callable[[], None]
    note: Callable[[datetime], None]


@dataclass(frozen=True)
class JobKind:
    """One kind of work and what it is called.

    `act` runs in a transaction of its own. Without an Effect the work is done with it, exactly
    once; with one it only prepares.
    """

    name: str
    label: str
    act: Callable[[Task], Effect | None]


@dataclass(frozen=True)
class Round:
    """Work that comes again and looks over many records.

    `due` finds those with which there is something to do, in a transaction that only reads. `take`
    does up to a batch of them in a short transaction of its own and looks at each anew, because
    others may have been quicker. What is done is not found again: a round that was cut short goes
    on where it was.
    """

    name: str
    label: str
    due: Callable[[datetime], Sequence[UUID]]
    take: Callable[[Sequence[UUID], datetime], None]


@dataclass(frozen=True)
class Owner:
    """The owner of work that cannot be done: those in an organisation who hold a permission."""

    organisation_id: UUID
    permission: Permission


@dataclass(frozen=True)
class Work:
    """All kinds by name, and the rhythm of those that come again and again."""

    kinds: Mapping[str, JobKind | Round]
    rhythms: Mapping[str, Rhythm]


def work_of(kinds: Sequence[JobKind | Round], rhythms: Mapping[str, Rhythm]) -> Work:
    """The register of an application."""
    return Work({kind.name: kind for kind in kinds}, rhythms)
