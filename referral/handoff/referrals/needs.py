"""The needs of a person as they are known now, and those that one service is there for."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

HELP_NOW = "urgent"
NO_NEED = "none"


@dataclass(frozen=True)
class KnownNeed:
    """A need by its code, and how bad it is by code; empty where nobody has assessed it."""

    code: str
    severity: str = ""

    @property
    def help_now(self) -> bool:
        """Whether it cannot wait."""
        return self.severity == HELP_NOW


def united(
    spoken_of: Iterable[str], assessed: Sequence[KnownNeed], *, assessed_last: bool
) -> tuple[KnownNeed, ...]:
    """What the desk heard and what was assessed, as one list; what was heard last counts.

    A need that was assessed as none is none, unless the person spoke of it since.
    """
    found = {need.code: need for need in assessed}
    for code in spoken_of:
        if code not in found or (found[code].severity == NO_NEED and not assessed_last):
            found[code] = KnownNeed(code)
    return tuple(need for need in found.values() if need.severity != NO_NEED)


def preset(known: Sequence[KnownNeed], met: Collection[str]) -> tuple[str, ...]:
    """The needs that a service is told unless somebody chooses otherwise: those it is there for."""
    return tuple(need.code for need in known if need.code in met)


def among(known: Sequence[KnownNeed], chosen: Iterable[str]) -> list[KnownNeed]:
    """The needs that were chosen, with what is known of each now."""
    by_code = {need.code: need for need in known}
    return [by_code.get(code, KnownNeed(code)) for code in chosen]
