"""The names of the unseen town: those in the half of `halves.py` that is not learnt from."""

import tomllib
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from bench.halves import is_learnt_from

from referral.people.names import fold

INVENTED = tomllib.loads((Path(__file__).parent / "unseen_names.toml").read_text(encoding="utf-8"))
RARE, CALLED, SPELT = INVENTED["rare"], INVENTED["called"], INVENTED["spelt"]
EVEN = {"men": 5, "women": 7, "surnames": 14}  # how even the shares are


def unseen(names: list[str]) -> list[str]:
    """Those of the names that are in the half not learnt from, each once."""
    return [name for name in dict.fromkeys(names) if not is_learnt_from(fold(name))]


@dataclass(frozen=True)
class Community:
    """Names that go together, the most frequent of each kind first."""

    share: float
    names: dict[str, list[str]]
    shares: dict[str, list[float]]


def _community(written: dict) -> Community:  # type: ignore[type-arg]
    names = {kind: unseen(written[kind]) for kind in EVEN}
    shares = {
        kind: list(accumulate(1 / (rank + EVEN[kind]) for rank in range(len(known))))
        for kind, known in names.items()
    }
    return Community(written["share"], names, shares)


COMMUNITIES = [_community(written) for written in INVENTED["community"]]
COMMUNITY_SHARES = [community.share for community in COMMUNITIES]
