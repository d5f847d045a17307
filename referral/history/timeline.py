"""The person's history as lines in the order of time, under the stays that they belong to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from referral.handoff.referrals.states import ReferralState
from referral.history.handed import Handed, latest_of_each, seen_within


class Sort(StrEnum):
    """What a line is about; a reader may narrow the timeline to one of these."""

    CONTACTS = "contacts"
    REFERRALS = "referrals"
    AGREEMENTS = "agreements"
    REVIEWS = "reviews"
    STAY = "stay"


EVERYTHING = "everything"
FILTERS: Mapping[str, str] = {
    "": "What matters",
    Sort.CONTACTS: "Contacts",
    Sort.REFERRALS: "Referrals",
    Sort.AGREEMENTS: "Agreements",
    Sort.REVIEWS: "Reviews",
    EVERYTHING: "Everything",
}


@dataclass(frozen=True)
class Happening:
    """One thing that happened, or is to come: when, of what kind, in words, by whom.

    `stay_id` is the stay that it belongs to, where that is recorded; `about` the page of the thing
    itself and its number. `outcome` marks what came of something. What `matters` is read first:
    what they said, who took them on or would not, whether they came, how it ended.
    """

    happened_at: datetime
    sort: Sort
    kind: str
    words: str
    by: str = ""
    recorded_at: datetime | None = None
    stay_id: UUID | None = None
    about: tuple[str, UUID] | None = None
    outcome: bool = False
    matters: bool = False

    def fits(self, show: str) -> bool:
        """Whether it is left by a filter."""
        if not show:
            return self.matters or self.outcome
        return show in (EVERYTHING, self.sort)

    @property
    def late(self) -> bool:
        """Whether it was recorded on another day than it happened."""
        return self.recorded_at is not None and self.recorded_at.date() != self.happened_at.date()


@dataclass(frozen=True)
class Stay:
    """One stay as the head of its part: where, since when, how they left, and what came of it."""

    id: UUID
    began: datetime
    where: str
    left: str = ""
    came_of_it: Sequence[str] = ()


@dataclass(frozen=True)
class Part:
    """A stay with what happened from it on until the next one, the latest first.

    `more` is how many lines the filter leaves out.
    """

    stay: Stay
    lines: Sequence[Happening]
    more: int


@dataclass(frozen=True)
class Timeline:
    """What is still to come, the earliest first; and the stays, the latest first.

    `everything` says whether all stays are in it; `counts` are the lines of each filter.
    """

    coming: Sequence[Happening]
    parts: Sequence[Part]
    counts: Mapping[str, int]
    everything: bool


@dataclass(frozen=True)
class Known:
    """A service that a returning person is or was with, as the desk may see it.

    `seen` says vaguely when they were last seen there, empty where that is not told; `offer` is
    what to offer of it now, empty where nothing is.
    """

    service: str
    stands: str
    seen: str
    offer: str


@dataclass(frozen=True)
class EarlierOffer:
    """One offer of an earlier stay: what the person answered, why if they said, when and where."""

    answer: str
    reason: str
    asked_at: datetime
    centre: str


def in_order(lines: Iterable[Happening]) -> list[Happening]:
    """The latest first."""
    return sorted(lines, key=lambda line: (line.happened_at, line.kind, line.words), reverse=True)


def counted(lines: Sequence[Happening]) -> Mapping[str, int]:
    """How many lines each filter leaves."""
    return {show: sum(line.fits(show) for line in lines) for show in FILTERS}


def in_parts(stays: Sequence[Stay], lines: Iterable[Happening], show: str) -> list[Part]:
    """Each line under its stay, or the one that it happened in or after; those of one filter.

    The stays come the earliest first. Every stay has its part, also where the filter leaves nothing
    in it.
    """
    under: dict[UUID, list[Happening]] = {stay.id: [] for stay in stays}
    for line in lines:
        own = line.stay_id if line.stay_id in under else _stay_at(stays, line.happened_at)
        if own:
            under[own].append(line)
    return [_part(stay, under[stay.id], show) for stay in reversed(stays)]


def _part(stay: Stay, lines: Sequence[Happening], show: str) -> Part:
    left = [line for line in lines if line.fits(show)]
    return Part(stay, in_order(left), len(lines) - len(left))


def _stay_at(stays: Sequence[Stay], moment: datetime) -> UUID | None:
    begun = [stay.id for stay in stays if stay.began <= moment]
    return begun[-1] if begun else stays[0].id if stays else None


def known_services(handed: Sequence[Handed], at: datetime) -> list[Known]:
    """One entry a service by its last word, what goes on first; those that said no are none.

    That a service is to answer is the team's to see to, not the desk's.
    """
    last = [one for one in latest_of_each(handed) if one.state is not ReferralState.REJECTED]
    return [
        Known(
            one.service,
            "still open" if one.has_them else "asked, not answered yet" if one.is_open else "ended",
            seen_within(one.seen_at, at),
            one.offer if one.has_them or not one.is_open else "",
        )
        for one in sorted(last, key=lambda one: (one.comes_first, one.service))
    ]
