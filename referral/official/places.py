"""What a published figure can be of: an official area, a police division, a custody centre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from referral.directory.areas import areas_of

if TYPE_CHECKING:
    from referral.directory.models import Council, CustodyCentre

KINDS = ("Scotland", "Police division", "Health board", "ADP", "Council")  # in this order


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
    areas = sorted(areas_of(councils), key=lambda area: KINDS.index(area.kind))
    found = [Place(area.name, area.kind, area.code) for area in areas]
    return [*found, *(Place(one.name, "Custody centre", "", one.id) for one in centres)]


def by_what_is_written(places: Sequence[Place]) -> Mapping[str, Place]:
    """Each place by what a file calls it, in small letters: its code, or a centre by its name."""
    return {(one.area_code or one.name).lower(): one for one in places}
