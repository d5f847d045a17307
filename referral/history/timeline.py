"""The person's history as lines in the order of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Happening:
    """One thing that happened: when, what kind, in words, by whom, and when it was recorded."""

    happened_at: datetime
    kind: str
    words: str
    by: str = ""
    recorded_at: datetime | None = None

    @property
    def late(self) -> bool:
        """Whether it was recorded on another day than it happened."""
        return self.recorded_at is not None and self.recorded_at.date() != self.happened_at.date()


@dataclass(frozen=True)
class Known:
    """A service that a returning person is or was with, as the desk may see it."""

    service: str
    still_open: bool
    last_contact: datetime | None

    @property
    def offer(self) -> str:
        """The offer to make to somebody who returns, such as “try the hub again”."""
        return f"reconnect with {self.service}" if self.still_open else f"try {self.service} again"


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


def known_services(
    rows: Iterable[tuple[str, bool, datetime | None, datetime | None]],
) -> list[Known]:
    """One entry a service, open ones first, from (service, open, sent, last contact) rows."""
    found: dict[str, Known] = {}
    for service, still_open, sent, contact in rows:
        before = found.get(service)
        moments = [m for m in (contact, sent, before and before.last_contact) if m]
        last = max(moments) if moments else None
        found[service] = Known(service, still_open or bool(before and before.still_open), last)
    return sorted(found.values(), key=lambda known: (not known.still_open, known.service))
