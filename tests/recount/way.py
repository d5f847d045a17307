"""Where a stay stands at each step of the way, and people by the stay in which they came furthest.

Written from the definitions that the reports print, of each step alone.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from recount.recorded import Stay

DAY = 86_400
ENGAGED_BY, OUTCOME_BY = 28 * DAY, 84 * DAY
NO, UNKNOWN, NOT_YET, YES = "not_reached", "unknown", "not_yet", "reached"
FURTHEST_LAST = (NO, UNKNOWN, NOT_YET, YES)
COLUMNS = (YES, NO, NOT_YET, UNKNOWN)
Way = Sequence[str]  # how a stay stands at each step, up to the first that it did not reach
Asked = Callable[[Stay, int], str]


def has(moment: int | None, at: int) -> bool:
    """Whether something had come by a second."""
    return moment is not None and moment <= at


def asked(stay: Stay, at: int) -> str:
    """Somebody asked and they answered. Who has left, with a line on the offer, was not."""
    if has(stay.asked, at):
        return YES
    if not has(stay.left, at):
        return NOT_YET
    return NO if stay.offers else UNKNOWN


def agreed(stay: Stay, at: int) -> str:
    """They agreed; they declined, or left without; or they may be asked again."""
    if has(stay.agreed, at):
        return YES
    return NO if stay.offers[-1].answer == "declined" or has(stay.left, at) else NOT_YET


def referred(stay: Stay, at: int) -> str:
    """At least one referral was sent; their case was closed without one; it is open."""
    if has(stay.first("sent"), at):
        return YES
    return NO if has(stay.closed, at) else NOT_YET


def accepted(stay: Stay, at: int) -> str:
    """A service took them on; each said no or was withdrawn; one has still to answer."""
    if has(stay.first("taken_on"), at):
        return YES
    return NO if all(has(one.refused, at) for one in stay.sent) else NOT_YET


def engaged(stay: Stay, at: int) -> str:
    """They came within 28 days; later, or it is over and of each meeting they did not come."""
    since = stay.first("sent")
    if stay.came is not None:
        return YES if stay.came <= since + ENGAGED_BY else NO
    over = all(has(one.over, at) for one in stay.sent if one.taken_on is not None)
    if over and not any(one.unsaid for one in stay.sent):
        return NO
    return NOT_YET if since > at - ENGAGED_BY else UNKNOWN


def outcome(stay: Stay, at: int) -> str:
    """A service said what changed within twelve weeks; later; the weeks run; nobody said."""
    since = stay.first("sent")
    said = stay.first("changed")
    if said is not None:
        return YES if said <= since + OUTCOME_BY else NO
    return NOT_YET if since > at - OUTCOME_BY else UNKNOWN


def met(stay: Stay, at: int) -> str:
    """Of who came by another door: met or rung back; the case was closed before; it is open."""
    if has(stay_sure(stay), at):
        return YES
    return NO if has(stay.closed, at) else NOT_YET


def stay_sure(stay: Stay) -> int | None:
    """When it was sure that it is them."""
    return int(stay.row.sure_at.timestamp()) if stay.row.sure_at else None


def began(stay: Stay, at: int) -> str:
    """Every stay did."""
    del stay, at
    return YES


ON = {"referred": referred, "accepted": accepted, "engaged": engaged, "outcome": outcome}
STEPS: dict[str, Asked] = {"booked": began, "asked": asked, "agreed": agreed, **ON}
BY_DOORS: dict[str, Asked] = {"came": began, "met": met, **ON}


def way_of(stay: Stay, at: int, steps: dict[str, Asked] = STEPS) -> Way:
    """How a stay stands at each step, as far as it came."""
    found = []
    for ask in steps.values():
        found.append(ask(stay, at))
        if found[-1] != YES:
            break
    return found


def far(way: Way) -> tuple[int, int]:
    """How far that is: of two of these the greater came further."""
    return len(way), FURTHEST_LAST.index(way[-1])


def people_of(stays: Iterable[Stay]) -> dict[UUID, list[Stay]]:
    """The stays of each person."""
    found = defaultdict(list)
    for stay in stays:
        found[stay.row.person_id].append(stay)
    return found


class Tally:
    """How many people, or stays, stand where at each step."""

    def __init__(self, ways: Iterable[Way], steps: dict[str, Asked] = STEPS) -> None:
        self.steps = list(steps)
        self.at: dict[str, Counter[str]] = {step: Counter() for step in steps}
        for way in ways:
            for step, standing in zip(steps, way, strict=False):
                self.at[step][standing] += 1

    def reached(self, step: str) -> int:
        """How many reached a step."""
        return self.at[step][YES]

    def adds_up(self) -> bool:
        """Whether all four ways to stand at a step are those who reached the step before."""
        pairs = zip(self.steps, self.steps[1:], strict=False)
        return all(self.reached(one) == self.at[two].total() for one, two in pairs)


class Crowd:
    """The stays of a report with their people, counted as at a second."""

    def __init__(self, stays: Iterable[Stay], at: int, steps: dict[str, Asked] = STEPS) -> None:
        self.at = at
        self.steps = steps
        self.stays = list(stays)
        self.people = people_of(self.stays)
        self.ways = {stay.row.id: way_of(stay, at, steps) for stay in self.stays}

    def furthest(self, stays: Iterable[Stay]) -> Way:
        """The way of the stay in which somebody came furthest."""
        return max((self.ways[stay.row.id] for stay in stays), key=far)

    @property
    def everybody(self) -> Tally:
        """All people."""
        return Tally((self.furthest(stays) for stays in self.people.values()), self.steps)

    def by_first(self, cut: Callable[[Stay], Any]) -> dict[Any, Tally]:
        """People by what the first of their stays says that says anything; None where none does."""
        return self._by(cut, lambda one: (one[0].began, one[1]), min)

    def by_furthest(self, cut: Callable[[Stay], Any]) -> dict[Any, Tally]:
        """People by what the stay says in which they came furthest, of those that say anything."""
        return self._by(
            cut, lambda one: (far(self.ways[one[0].row.id]), -one[0].began, one[1]), max
        )

    def _by(self, cut: Callable[[Stay], Any], key: Any, pick: Any) -> dict[Any, Tally]:
        found = defaultdict(list)
        for stays in self.people.values():
            said = [(stay, value) for stay in stays if (value := cut(stay)) is not None]
            value = pick(said, key=key)[1] if said else None
            found[value].append(self.furthest(stays))
        return {value: Tally(ways, self.steps) for value, ways in found.items()}
