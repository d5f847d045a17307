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


def preset(known: Sequence[KnownNeed], met: Collection[str]) -> tuple[str, ...]:
    """The needs that a service is told unless somebody chooses otherwise: those it is there for."""
    return tuple(need.code for need in known if need.code in met)


def among(known: Sequence[KnownNeed], chosen: Iterable[str]) -> list[KnownNeed]:
    """The needs that were chosen, with what is known of each now."""
    by_code = {need.code: need for need in known}
    return [by_code.get(code, KnownNeed(code)) for code in chosen]
