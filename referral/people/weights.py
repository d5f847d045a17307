"""The weight of each likeness: kept data, made by `make recognition-weights`."""

import json
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path

from referral.people.likeness import Like

WEIGHTS = Path(__file__).parent / "data" / "weights.json"


@dataclass(frozen=True)
class Weights:
    """The weight of each likeness, and how frequent the frequent names are."""

    bits: dict[str, dict[str, float]]
    chances: dict[str, dict[str, tuple[float, float]]]
    forenames: dict[str, float]
    surnames: dict[str, float]
    rare: float
    sure: float
    ahead: float

    def of_name(self, role: str, like: Like, name: str) -> float:
        """The weight of a likeness to a name; the more people have the name, the less it says."""
        if like in {Like.UNKNOWN, Like.OTHER}:
            return self.bits[role][like]
        within, _ = self.chances[role][Like.NEAR if like is Like.USUAL else like]
        return log2(within) - self.chance_of_name(role, like, name)

    def chance_of_name(self, role: str, like: Like, name: str) -> float:
        """The logarithm of the share of people whose name is as like to this one."""
        if like in {Like.UNKNOWN, Like.OTHER}:
            return 0.0
        shares = self.forenames if role == "forename" else self.surnames
        _, by_chance = self.chances[role][Like.NEAR if like is Like.USUAL else like]
        share = shares.get(name, self.rare)
        return log2(share if like is Like.SAME else max(share, by_chance))

    def chance(self, field: str, like: Like) -> float:
        """The logarithm of the share of people who are as like in a field; 0 for what differs."""
        if like in {Like.UNKNOWN, Like.OTHER}:
            return 0.0
        return log2(self.chances[field][like][1])


@cache
def shipped_weights() -> Weights:
    """The weights that come with the product."""
    return weights_of(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def weights_of(data: dict) -> Weights:  # type: ignore[type-arg]
    """Weights from what the training command wrote."""
    chances = {
        field: {like: (pair[0], pair[1]) for like, pair in likes.items()}
        for field, likes in data["chances"].items()
    }
    bits = {
        field: {like: log2(m / u) for like, (m, u) in likes.items()} | {"unknown": 0.0}
        for field, likes in chances.items()
    }
    return Weights(
        bits,
        chances,
        data["forenames"],
        data["surnames"],
        data["rare"],
        data["sure"],
        data["ahead"],
    )
