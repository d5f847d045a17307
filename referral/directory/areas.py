"""The areas of a report: Scotland, a council, an ADP, a health board, a police division."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from referral.errors import RuleBroken

if TYPE_CHECKING:
    from referral.directory.models import Council

SCOTLAND = ("S92000003", "Scotland")


class NoSuchArea(RuleBroken):
    """We do not know that area. Choose one from the list."""


@dataclass(frozen=True)
class Area:
    """An area by its official code, or the letter of a division, and the councils in it."""

    code: str
    name: str
    kind: str
    councils: tuple[str, ...]
    centres: tuple[UUID, ...] = ()  # of a team: what it works with, and nothing else

    @property
    def full_name(self) -> str:
        """Its name with its kind: a council and an ADP may have one name."""
        if self.kind in {"Scotland", "Team"}:
            return self.name
        return f"{self.name} ({self.kind if self.kind == 'ADP' else self.kind.lower()})"


def areas_of(councils: Iterable[Council]) -> list[Area]:
    """Every area that the councils make up, Scotland first."""
    rows = list(councils)
    found: dict[tuple[str, str, str], list[str]] = {("Scotland", *SCOTLAND): []}
    for row in rows:
        found["Scotland", *SCOTLAND].append(row.code)
        for key in (
            ("Council", row.code, row.name),
            ("ADP", row.adp_code, row.adp_name),
            ("Health board", row.board_code, row.board_name),
            ("Police division", row.division_letter, row.division_name),
        ):
            found.setdefault(key, []).append(row.code)
    order = ("Scotland", "Police division", "Council", "ADP", "Health board")
    made = [Area(code, name, kind, tuple(codes)) for (kind, code, name), codes in found.items()]
    return sorted(made, key=lambda area: (order.index(area.kind), area.name))


def within(areas: Iterable[Area], codes: Collection[str]) -> list[Area]:
    """The areas all of which lies in these councils."""
    return [area for area in areas if set(area.councils) <= set(codes)]


def area_of(code: str, areas: Sequence[Area]) -> Area:
    """The area with a code. Raises NoSuchArea."""
    for area in areas:
        if area.code == code:
            return area
    raise NoSuchArea
