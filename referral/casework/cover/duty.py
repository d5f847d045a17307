"""Who answers for a case today: the worker who has it, and while they are away who covers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class StandIn:
    """A colleague who covers today for somebody on leave, until the last day of it.

    `able` is false where they cannot sign in, or work no cases of the team any more.
    """

    absent_id: UUID
    cover_id: UUID
    name: str
    able: bool
    last_day: date


@dataclass(frozen=True)
class Away:
    """Somebody is on leave until the end of a day; `cover` is nobody where none is able."""

    last_day: date
    cover: StandIn | None

    @property
    def words(self) -> str:
        """Who covers, for a list: a name, or that nobody does."""
        return f"{self.cover.name} covers" if self.cover else "nobody covers"


class Named(Protocol):
    """The owner of a case, as far as it is told whose it is."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...


class Duty:
    """Who stands in for whom at one moment.

    Where the cover is on leave as well, whoever covers for them has both. Where nobody who covers
    is able, those who allocate the team's cases answer for the case: it is on somebody's list.
    """

    def __init__(self, stand_ins: Iterable[StandIn]) -> None:
        self._by_absent: Mapping[UUID, StandIn] = {one.absent_id: one for one in stand_ins}

    def away(self, owner_id: UUID | None) -> Away | None:
        """Whether the owner of a case is on leave, and who covers; None where they are there."""
        first = self._by_absent.get(owner_id) if owner_id else None
        if first is None:
            return None
        last = first
        passed = {first.absent_id}
        while last.able and last.cover_id in self._by_absent and last.cover_id not in passed:
            passed.add(last.cover_id)
            last = self._by_absent[last.cover_id]
        return Away(first.last_day, last if last.able and last.cover_id not in passed else None)

    def who(self, owner: Named | None) -> str:
        """Whose a case is, by name; while they are away, also who covers."""
        if owner is None:
            return "the whole team"
        away = self.away(owner.id)
        return f"{owner.name} (away, {away.words})" if away else owner.name

    def covered_by(self, user_id: UUID, *, allocates: bool) -> frozenset[UUID]:
        """Whose cases somebody answers for besides their own; who allocates, for the left alone."""
        found = {absent: self.away(absent) for absent in self._by_absent}
        return frozenset(
            absent
            for absent, away in found.items()
            if away
            and absent != user_id
            and (away.cover.cover_id == user_id if away.cover else allocates)
        )
