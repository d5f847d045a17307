"""Which counts are withheld so that no small one can be reckoned from all the others.

A count from one to the threshold is withheld, and so is what is told of a parent that is small
itself. Then others are withheld with them, few and small ones: for each withheld count there are
two sets of numbers that agree with everything shown and in which it differs by the threshold at
least. What moves together is found by linear programming (the solver is HiGHS): first for many
counts at once, then for each alone whose room is not proven by then.
"""

from collections.abc import Collection, Hashable

import numpy as np

from referral.published.audiences import THRESHOLDS, Audience
from referral.published.cells import Cells
from referral.published.solver import MUST, NEARLY, WORTH, Change, Floats, Moves

FEW = 80  # of so many it is worth the time to see whether each is needed
AT_ONCE = 300  # fewer are looked at one by one, which withholds a little less


class CannotBeHidden(Exception):
    """What was shown before leaves this count no room: it cannot be published with the rest."""

    def __init__(self, key: Hashable) -> None:
        super().__init__(key)
        self.key = key


def small(cells: Cells, least: int) -> set[Hashable]:
    """The counts that may not be told for themselves.

    A zero is told only where its parent is no small one: of one person in an island who was asked,
    a zero among those who agreed tells the answer.
    """
    found = {key for key, count in cells.counts.items() if 0 < count < least}
    for key in cells.counts:
        parent = cells.parents.get(key)
        while parent is not None and parent not in found:
            parent = cells.parents.get(parent)
        if parent is not None:
            found.add(key)
    return found


def withheld(
    cells: Cells,
    audience: Audience,
    shown: Collection[Hashable] = (),
    hidden: Collection[Hashable] = (),
) -> set[Hashable]:
    """All counts to withhold from an audience.

    Those in `shown` were published before, those in `hidden` were withheld then: nothing that
    was shown can be withheld any more, and nothing that was withheld may now follow. Raises
    CannotBeHidden.
    """
    least = THRESHOLDS[audience]
    gone = small(cells, least) | set(hidden)
    if already := gone & set(shown):
        raise CannotBeHidden(min(already, key=repr))
    search = _Search(cells, least, shown, gone)
    if len(gone) > AT_ONCE:
        search.choose_at_once()
    else:
        search.choose_alone()
    search.prove_at_once()
    search.each_alone()
    search.show_again(gone)
    return {key for key, number in search.moves.at.items() if search.gone[number]}


class _Search:
    """What is withheld by now, and how far each count is proven to rise and to fall."""

    def __init__(
        self, cells: Cells, least: int, shown: Collection[Hashable], gone: Collection[Hashable]
    ) -> None:
        self.moves = Moves(cells, shown)
        self.least = float(least)
        self.keys = list(cells.counts)
        self.gone = np.array([key in gone for key in self.keys])
        self.up = np.zeros(self.moves.size)
        self.down = np.zeros(self.moves.size)

    def open_yet(self) -> Floats:
        """How much room each withheld count lacks; nothing where it has enough."""
        lacks = np.where(self.gone, self.least - self.up - self.down, 0.0)
        return np.where(lacks > NEARLY, lacks, 0.0)

    def _price(self) -> Floats:
        """What each costs that rises, and that falls: what is withheld already costs nothing."""
        return np.tile(np.where(self.gone, 0.0, self.moves.price), 2)

    def learn(self, change: Change) -> None:
        """What moves is withheld, and its room is proven, in the other direction too."""
        back = min(change.back, 1.0)
        rise, fall = np.maximum(change.far, 0.0), np.maximum(-change.far, 0.0)
        self.gone |= change.far != 0
        self.up = np.maximum(self.up, np.maximum(rise, back * fall))
        self.down = np.maximum(self.down, np.maximum(fall, back * rise))

    def choose_at_once(self) -> None:
        """Withhold what lets all move, each alone, as cheaply as can be seen at once.

        A count that can fall by the threshold is taken to do so for each of the others: each of
        them moves alone. Nothing is proven by it.
        """
        waiting = self.open_yet()
        for _ in range(8):
            fall = np.where(self.moves.fall < self.least, self.moves.fall, np.inf)
            change = self._towards(waiting, self._price(), self.moves.rise, fall, up=True)
            if change is None or not (np.abs(change.far) * (waiting > 0)).any():
                return
            self.gone |= change.far != 0
            waiting = np.where(np.abs(change.far) >= waiting - NEARLY, 0.0, waiting)

    def choose_alone(self) -> None:
        """Withhold for each what lets it rise to the threshold; that it may fall shows itself."""
        for number in sorted(np.flatnonzero(self.gone), key=lambda n: -self.moves.counts[n]):
            short = self.least - self.moves.counts[number] - self.up[number]
            if short > NEARLY and (change := self._alone(int(number), short, up=True)):
                self.learn(change)

    def prove_at_once(self) -> None:
        """Find true changes of what is withheld, while each proves the room of another one."""
        up = False
        misses = 0
        while misses < 2:
            before = np.count_nonzero(lacking := self.open_yet())
            rise = np.where(self.gone, self.moves.rise, 0.0)
            fall = np.where(self.gone, self.moves.fall, 0.0)
            up = not up
            change = self._towards(lacking, np.zeros(2 * self.moves.size), rise, fall, up=up)
            if change is not None:
                self.learn(change)
            misses = 0 if np.count_nonzero(self.open_yet()) < before else misses + 1

    def each_alone(self) -> None:
        """Give each its room that is not proven yet, withholding what that takes."""
        turn = sorted(np.flatnonzero(self.gone), key=lambda n: self.moves.counts[n])
        while turn:
            number = int(turn.pop())
            was = self.gone.copy()
            if not self._has_room(number):
                raise CannotBeHidden(self.keys[number])
            turn += list(np.flatnonzero(self.gone & ~was))

    def show_again(self, first: Collection[Hashable]) -> None:
        """Show, of few, each that was withheld for others and is not needed: the greatest first."""
        if np.count_nonzero(self.gone) > FEW:
            return
        extra = [n for n in np.flatnonzero(self.gone) if self.keys[n] not in first]
        for number in sorted(extra, key=lambda n: -self.moves.counts[n]):
            was = self.gone.copy(), self.up.copy(), self.down.copy()
            self.gone[number] = False
            self.up[:] = self.down[:] = 0.0
            self.prove_at_once()
            if not self._all_have_room():
                self.gone, self.up, self.down = was

    def _all_have_room(self) -> bool:
        """Whether each alone has its room too without anything else being withheld."""
        return all(
            self._has_room(int(number), strictly=True) for number in np.flatnonzero(self.open_yet())
        )

    def _has_room(self, number: int, *, strictly: bool = False) -> bool:
        """Whether one may fall and rise as far as it must, withholding what that takes."""
        for up in (False, True):
            lacks = self.open_yet()[number]
            if lacks and (change := self._alone(number, lacks, up=up, strictly=strictly)):
                self.learn(change)
        return not self.open_yet()[number]

    def _alone(
        self, number: int, lacks: float, *, up: bool, strictly: bool = False
    ) -> Change | None:
        """The cheapest change in which one moves one way, as far as it lacks or can.

        `strictly`: nothing moves but what is withheld already.
        """
        size = self.moves.size
        may = self.gone if strictly else np.ones(size, bool)
        rise, fall = np.where(may, self.moves.rise, 0.0), np.where(may, self.moves.fall, 0.0)
        way = rise if up else fall
        way[number] = min(lacks + (self.up if up else self.down)[number], way[number])
        (fall if up else rise)[number] = 0.0
        price = self._price()
        price[number if up else size + number] = -MUST
        return self.moves.best(price, np.zeros(2 * size), np.concatenate([rise, fall]))

    def _towards(
        self, lacking: Floats, price: Floats, rise: Floats, fall: Floats, *, up: bool
    ) -> Change | None:
        """A change in which as many as can be of those move by what they lack; prices change."""
        size = self.moves.size
        wanted = lacking > 0
        far = lacking + (self.up if up else self.down)
        most = np.concatenate([rise, fall])
        way = most[:size] if up else most[size:]
        way[wanted] = np.minimum(way[wanted], far[wanted])
        price[:size][wanted] = -WORTH if up else WORTH
        price[size:][wanted] = WORTH if up else -WORTH
        return self.moves.best(price, np.zeros(2 * size), most)
