"""The events of many lives, each of which goes on for long, in the order of their moments."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

from referral.demo.nation.copies import Event

A_DAY = len("2026-11-27")
moment_of = itemgetter(0)


class InTurn:
    """Keeps events by their day until no earlier one can come."""

    def __init__(self) -> None:
        self.days: dict[str, list[Event]] = {}
        self.done = ""  # all before this day is out

    def take(self, events: Iterable[Event]) -> None:
        """Keep some more. Raises ValueError for what comes too late to stand in its turn."""
        for event in events:
            day = event[0][:A_DAY]
            if day not in self.days:
                if day < self.done:
                    raise ValueError("an event came after later ones were written")
                self.days[day] = []
            self.days[day].append(event)

    def before(self, day: str) -> Sequence[Event]:
        """Let go of all that happened before a day (ISO): those of one moment as they were said."""
        self.done = max(self.done, day)
        ready = sorted(one for one in self.days if one < self.done)
        return [event for one in ready for event in sorted(self.days.pop(one), key=moment_of)]

    def rest(self) -> Sequence[Event]:
        """Let go of all that is left."""
        return self.before("9999-12-31")
