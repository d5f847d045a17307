"""What was told before, and what a new release may add to it.

Whoever reads an edition has all earlier ones beside it. What they told is fixed and what they
withheld stays withheld; both are protected together with what is new.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from referral.published.audiences import THRESHOLDS, Audience
from referral.published.cells import AtMost, Cells, Sum
from referral.published.telling import Counted
from referral.published.withholding import withheld

Relations = tuple[list[Sum], list[AtMost]]


@dataclass(frozen=True)
class Release:
    """All counts of one edition, those that were withheld too, and which of them it told."""

    counts: Mapping[Hashable, int]
    shown: frozenset[Hashable]
    sums: tuple[Sum, ...] = ()
    bounds: tuple[AtMost, ...] = ()
    parents: Mapping[Hashable, Hashable] = field(default_factory=dict)


class Contradicts(Exception):
    """A count is another than was told: then it is a revision, and has to be called one."""

    def __init__(self, key: Hashable) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Revised:
    """A number that an earlier edition told and that is another one now."""

    key: Hashable
    was: int
    now: int


@dataclass(frozen=True)
class Register:
    """What was told before: by those that a correction replaces, of its period, and otherwise."""

    replaced: Sequence[Release]
    of_the_period: Sequence[Release]
    others: Sequence[Release]

    def changed_by(self, counted: Counted) -> "list[Revised]":
        """The numbers that a correction tells otherwise than any edition of its period did."""
        of_it = (*self.replaced, *self.of_the_period)
        return [one for release in of_it for one in revised(counted, release)]

    def beside(self, changes: "Iterable[Revised]") -> list[Release]:
        """What stays true beside a correction: all but what it replaces, and what it changes."""
        changed = {one.key for one in changes}
        return [*self.others, *(apart_from(one, changed) for one in self.of_the_period)]


def apart_from(release: Release, keys: Collection[Hashable]) -> Release:
    """A release without some of its counts, and without what holds of them."""
    gone = set(keys)
    return Release(
        {key: count for key, count in release.counts.items() if key not in gone},
        release.shown - gone,
        tuple(one for one in release.sums if not gone & {one.whole, *one.parts}),
        tuple(one for one in release.bounds if not gone & {one.less, *one.more}),
        {key: of for key, of in release.parents.items() if not gone & {key, of}},
    )


def release_of(counted: Counted, gone: Collection[Hashable]) -> Release:
    """The register's entry of a report in which these counts are withheld."""
    return Release(
        counted.counts,
        frozenset(counted.shown - set(gone)),
        counted.sums,
        counted.bounds,
        counted.parents,
    )


def to_withhold(
    counted: Counted, before: Sequence[Release], between: Relations = ([], [])
) -> set[Hashable]:
    """All counts that a new report has to withhold beside what was told before.

    `between` holds between counts of several editions. Raises CannotBeHidden where a small count
    would follow whatever is withheld, Contradicts.
    """
    shown: set[Hashable] = set()
    known: set[Hashable] = set()
    counts: dict[Hashable, int] = {}
    for release in before:
        counts |= release.counts
        shown |= release.shown
        known |= release.counts.keys()
    for key in known & counted.counts.keys():
        if counts[key] != counted.counts[key]:
            raise Contradicts(key)
    cells = _together(counted, before, between, counts)
    gone = withheld(cells, counted.about.audience, shown, known - shown)
    return gone & counted.counts.keys()


def revised(counted: Counted, before: Release) -> list[Revised]:
    """The numbers that an edition told and that a new count changes."""
    return [
        Revised(key, before.counts[key], counted.counts[key])
        for key in before.counts
        if key in before.shown
        and key in counted.counts
        and before.counts[key] != counted.counts[key]
    ]


def too_little_changed(changes: Iterable[Revised], audience: Audience) -> list[Revised]:
    """The changes that are small numbers themselves: the difference of two editions is one too."""
    least = THRESHOLDS[audience]
    return [one for one in changes if abs(one.now - one.was) < least]


def _together(
    counted: Counted, before: Sequence[Release], between: Relations, counts: dict[Hashable, int]
) -> Cells:
    sums = [*counted.sums, *between[0]]
    bounds = [*counted.bounds, *between[1]]
    parents = dict(counted.parents)
    for release in before:
        sums += release.sums
        bounds += release.bounds
        parents |= release.parents
    return Cells(
        counts | dict(counted.counts),
        list(dict.fromkeys(sums)),
        list(dict.fromkeys(bounds)),
        parents,
    )
