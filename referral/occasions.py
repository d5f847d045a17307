"""Occasions on which chapters above do their part, without being known to the one below."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Occasion(Generic[P]):
    """Something that happens in one chapter. Who joined it acts in the same transaction."""

    def __init__(self) -> None:
        self._acts: dict[Callable[P, None], None] = {}

    def joined_by(self, act: Callable[P, None]) -> None:
        """From now on `act` is done whenever it happens; once, however often it joined."""
        self._acts[act] = None

    def happens(self, *args: P.args, **more: P.kwargs) -> None:
        """Do each act, in the order in which they joined. Raises what they raise."""
        for act in self._acts:
            act(*args, **more)
