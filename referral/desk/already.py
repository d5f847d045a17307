"""What an officer says of somebody who is booked while their stay goes on."""

from enum import StrEnum


class Already(StrEnum):
    """The truth about two stays of one person at a time."""

    MOVED = "moved"
    TWICE = "twice"
    ENDED = "ended"
    SOMEBODY_ELSE = "else"


GOES_ON = frozenset({Already.MOVED, Already.TWICE})  # it is one stay


def already_said(word: str | None) -> Already | None:
    """What was chosen; None for nothing, and for a word that is none of the answers."""
    return Already(word) if word in set(Already) else None


def answers(*, here: bool, where: str) -> list[tuple[str, str]]:
    """The choices in words: whether the stay is in the cells of this desk, and else where."""
    one_stay = [(Already.TWICE, "Booked twice by mistake: open the booking that is there")]
    brought = [(Already.MOVED, f"Brought here: it is the same stay ({where} until now)")]
    return [
        *(one_stay if here else brought),
        (Already.ENDED, "That stay is over and nobody recorded it: this is a new one"),
        (Already.SOMEBODY_ELSE, "Two different people: this is somebody else"),
    ]
