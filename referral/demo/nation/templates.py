"""A pattern as one engine and one region write it: what is always the same stands already."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from referral.demo.nation.cells import Cells
from referral.demo.nation.patterns import Pattern, Picked

Cell = Any
Opened = Sequence[tuple[int, Any]]  # places, and what each is of
Joined = tuple[int, str, Callable[[Sequence[Cell]], Any]]  # place, text with %s, what stands there
PLAIN = "plain "


class Template:
    """Open places by kind; the row of cells has one more at its end, which nobody reads."""

    def __init__(self, pattern: Pattern, cells: Cells, region: Mapping[Any, Any]) -> None:
        self.cells = cells
        self.base: list[Cell] = [None] * (len(pattern.places) + 1)
        self.open: dict[str, list[tuple[int, Any]]] = {}
        for number, (kind, *rest) in enumerate(pattern.places):
            what = rest[-1] if rest else None
            if kind in {"always", "text"}:
                self.base[number] = cells.of(what) if kind == "always" else what
            elif kind in {"staff", "staff word"}:
                self.base[number] = cells.of(region.get(what, what))
            elif kind == "plain staff":
                self.base[number] = str(region.get(what, what))
            else:
                self.open.setdefault(kind, []).append((number, _of(kind, rest)))
        self.numbers = self._numbers()
        self.moments = self._moments()
        self.orders = self._orders()
        self.joined = [self._joined(place, parts) for place, parts in self.of("joined")]
        self.tables = _by_table(pattern)
        self.trail = pattern.trail

    def of(self, kind: str) -> Opened:
        """The open places of a kind."""
        return self.open.get(kind, ())

    def _pairs(self, kind: str) -> dict[Any, tuple[int, int]]:
        """What is written both as a cell and in plain text: where the first stands, and the other.

        In the order in which the rows name them.
        """
        nowhere = len(self.base) - 1
        cell = {what: place for place, what in self.of(kind)}
        plain = {what: place for place, what in self.of(PLAIN + kind)}
        return {
            what: (cell.get(what, nowhere), plain.get(what, nowhere)) for what in {**cell, **plain}
        }

    def _numbers(self) -> Sequence[tuple[str, int, int]]:
        """The middle of each new number, and its places."""
        pairs: Mapping[UUID, tuple[int, int]] = self._pairs("number")
        return [(f"{n:03x}-8", *places) for n, places in enumerate(pairs.values())]

    def _moments(self) -> Sequence[tuple[datetime, int, int]]:
        """Each moment of the rehearsal, in UTC without saying so, and its places."""
        pairs: Mapping[datetime, tuple[int, int]] = self._pairs("moment")
        return [
            (was.astimezone(UTC).replace(tzinfo=None), *places) for was, places in pairs.items()
        ]

    def _orders(self) -> Sequence[tuple[str, Sequence[int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for number, (table, order) in self.of("order"):
            found.setdefault(table, []).append((order, number))
        return [(table, [number for _, number in sorted(some)]) for table, some in found.items()]

    def _joined(self, place: int, parts: Sequence[Any]) -> Joined:
        texts = ["%s" if isinstance(p, int) else self.cells.of(p).replace("%", "%%") for p in parts]
        return place, "".join(texts), itemgetter(*(p for p in parts if isinstance(p, int)))


def _of(kind: str, rest: Sequence[Any]) -> Any:
    return tuple(rest) if kind == "order" else rest[0] if rest else None


def _by_table(pattern: Pattern) -> Sequence[tuple[str, tuple[str, ...], list[Picked]]]:
    """How each row is read from the places, by table."""
    found: dict[str, tuple[str, tuple[str, ...], list[Picked]]] = {}
    for table, columns, picked in pattern.rows:
        found.setdefault(table, (table, columns, []))[2].append(picked)
    return list(found.values())
