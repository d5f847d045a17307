"""Counts that are or were published together, and all that can be reckoned between them.

Whoever reads several tables has them all before them: areas that add up to a board, quarters to a
year, answers to those who were asked. What is withheld in one must not follow from the others.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sum:
    """A count that its parts make up exactly: each unit is in one part."""

    whole: Hashable
    parts: tuple[Hashable, ...]


@dataclass(frozen=True)
class AtMost:
    """A count that is no greater than these together.

    A part and its whole where the other parts are not told; people, of whom one may be in several
    parts: the whole is at most their sum, and each of them at most the whole.
    """

    less: Hashable
    more: tuple[Hashable, ...]


@dataclass(frozen=True)
class Cells:
    """All counts by key, and what holds between them.

    `parents` names for a count the one of which it tells something: those who were asked are told
    of by their answers. Of a parent that is small itself nothing is told, not even a zero.
    """

    counts: Mapping[Hashable, int]
    sums: Sequence[Sum] = ()
    bounds: Sequence[AtMost] = ()
    parents: Mapping[Hashable, Hashable] = field(default_factory=dict)

    def wrong(self) -> Iterator[Sum | AtMost]:
        """What the counts themselves contradict: then a measure is not what it says it is."""
        for one in self.sums:
            if self.counts[one.whole] != self.together(one.parts):
                yield one
        for less in self.bounds:
            if self.counts[less.less] > self.together(less.more):
                yield less

    def together(self, keys: Iterable[Hashable]) -> int:
        """The sum of some counts."""
        return sum(self.counts[key] for key in keys)


def people(whole: Hashable, parts: Sequence[Hashable]) -> list[AtMost]:
    """What holds where one person may stand in several parts of a whole."""
    return [AtMost(whole, tuple(parts)), *(AtMost(part, (whole,)) for part in parts)]
