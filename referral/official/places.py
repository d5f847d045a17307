"""What a published figure can be of: an official area, a police division, a custody centre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from referral.directory.models import Council, CustodyCentre

SCOTLAND = "S92000003"


@dataclass(frozen=True)
class Place:
    """An area by its official code or the letter of its division, or else a custody centre."""

    name: str
    kind: str
    area_code: str = ""
    centre_id: UUID | None = None

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return self.area_code or str(self.centre_id)


def places_of(councils: Iterable[Council], centres: Iterable[CustodyCentre]) -> Sequence[Place]:
    """Every area that the councils make up, Scotland first, and then the custody centres."""
    found: dict[Place, None] = {Place("Scotland", "Scotland", SCOTLAND): None}
    rows = list(councils)
    for kind, code, name in (
        ("Police division", "division_letter", "division_name"),
        ("Health board", "board_code", "board_name"),
        ("ADP", "adp_code", "adp_name"),
        ("Council", "code", "name"),
    ):
        of_kind = {Place(getattr(row, name), kind, getattr(row, code)) for row in rows}
        found |= dict.fromkeys(sorted(of_kind, key=lambda one: (one.name, one.area_code)))
    return [*found, *(Place(one.name, "Custody centre", "", one.id) for one in centres)]


def by_what_is_written(places: Sequence[Place]) -> Mapping[str, Place]:
    """Each place by what a file calls it, in small letters: its code, or a centre by its name."""
    return {(one.area_code or one.name).lower(): one for one in places}
