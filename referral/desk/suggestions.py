"""Earlier records as the desk may see them before anybody has said that it is the same person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

TOLD_APART = "told apart from another of these before"


@dataclass(frozen=True)
class Suggested:
    """Only what tells people apart, and why the record is offered; nothing of what happened."""

    number: UUID
    name: str
    born: int | None
    area: str
    seen_at: str
    seen: datetime | None
    confident: bool
    why: tuple[str, ...]


def told_apart(offered: Iterable[Suggested], pairs: Collection[frozenset[UUID]]) -> list[Suggested]:
    """Best first. Who was said not to be a better one among these is offered as a doubt only."""
    kept: list[Suggested] = []
    for one in offered:
        if any(frozenset((one.number, better.number)) in pairs for better in kept):
            kept.append(replace(one, confident=False, why=(*one.why, TOLD_APART)))
        else:
            kept.append(one)
    return sorted(kept, key=lambda one: not one.confident)
