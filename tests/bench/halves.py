"""Two halves of a set with answers: weights and thresholds come from one, the other judges."""

from hashlib import blake2b


def is_learnt_from(number: str | int) -> bool:
    """Whether the person or question of this number is in the half that may be looked at."""
    return blake2b(str(number).encode()).digest()[0] % 2 == 0
