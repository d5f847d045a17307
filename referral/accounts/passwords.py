"""Which passwords are too easy to guess."""

from collections.abc import Iterable

SHORTEST = 12
COMMON = ("password", "qwerty", "letmein", "123456789", "welcome", "football", "rangers", "celtic")


def is_weak(password: str, own: Iterable[str]) -> bool:
    """Whether it is shorter than twelve characters, or holds a common word or one of one's own."""
    plain = password.lower()
    return len(password) < SHORTEST or any(len(w) > 3 and w in plain for w in (*COMMON, *own))
