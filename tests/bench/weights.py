"""`make recognition-weights`: the weights of recognition from sets whose answers are known.

    python tests/bench/weights.py FOLDER...

How often each likeness occurs between two records of one person is counted over the questions and
their true answers, and mixed with a tenth of the judgement below, so that what a set happens never
to contain (another middle name, a move within one district) is not taken for impossible.
How often it occurs between two people is counted over random pairs. The shares of frequent names
are those of the people in the sets. Only one half of people and questions is looked at, split by
the hash of their numbers; `make bench-recognition DATA=... ARGS=--held-out` scores the other half.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.halves import is_learnt_from

from referral.people import likeness
from referral.people.matching import Judge
from referral.people.queries import identity_asked, traits_asked
from referral.people.register import RegisterEntry, entries
from referral.people.traits import Traits
from referral.people.weights import WEIGHTS, Weights, weights_of

# Judgement: how often among one person's records, how often by chance (never taken for rarer than
# a tenth of this; for what is the same, never rarer than this)
JUDGEMENT = {
    "forename": {
        "same": (0.85, 0.012),
        "form": (0.05, 0.002),
        "kin": (0.01, 0.01),
        "near": (0.07, 0.01),
        "loose": (0.01, 0.03),
        "other": (0.02, 0.93),
    },
    "surname": {
        "same": (0.8, 0.002),
        "part": (0.01, 0.0001),
        "near": (0.12, 0.002),
        "loose": (0.01, 0.02),
        "other": (0.06, 0.97),
    },
    "middle": {"same": (0.9, 0.02), "initial": (0.02, 0.05), "other": (0.08, 0.93)},
    "birth": {
        "same": (0.9, 7e-5),
        "swapped": (0.015, 3e-5),
        "near": (0.03, 1e-3),
        "year": (0.01, 2.5e-3),
        "far": (0.0005, 2.5e-3),
        "part": (0.01, 3e-3),
        "loose": (0.01, 5e-4),
        "other": (0.01, 0.99),
    },
    "sex": {"same": (0.995, 0.7), "other": (0.005, 0.3)},
    "postcode": {
        "same": (0.55, 2e-4),
        "near": (0.01, 4e-4),
        "district": (0.03, 0.01),
        "other": (0.4, 0.99),
    },
    "phone": {"same": (0.3, 1e-6), "near": (0.002, 1e-5), "other": (0.7, 1.0)},
    "s_number": {"same": (0.94, 1e-6), "near": (0.05, 1e-5), "other": (0.01, 1.0)},
    "order": {"swapped": (0.014, 1.0), "middle": (0.02, 1.0)},
}
OWN_SHARE = 0.1
PAIRS = 150_000
FREQUENT = 1e-4
RARE = 5e-5  # the share of a name that is in no list
SURE = 26.0  # bits: among all in Scotland (22.4 bits), one in twelve is expected to be as like
AHEAD = 6.0  # bits before the next person


def main() -> None:
    """Count, and write the file that is shipped."""
    known: list[Traits] = []
    true: list[tuple[Traits, Traits]] = []
    for folder in map(Path, sys.argv[1:]):
        people = dict(_people(folder))
        known += [one for pid, one in people.items() if is_learnt_from(pid)]
        true += _answered(folder, people)
    start = _weights(known, JUDGEMENT)
    dice = Random(1)
    random = [_two(dice, known) for _ in range(PAIRS)]
    chances = _chances(_counted(true, start), _counted(random, start))
    WEIGHTS.write_text(json.dumps(_data(known, chances), indent=0) + "\n", encoding="utf-8")


def _people(folder: Path) -> Iterator[tuple[str, Traits]]:
    with gzip.open(folder / "persons.tsv.gz") as lines:
        for one in entries(lines, set()):
            if isinstance(one, RegisterEntry):
                yield one.reference, one.traits()


def _answered(folder: Path, people: dict[str, Traits]) -> Iterator[tuple[Traits, Traits]]:
    with gzip.open(folder / "queries.jsonl.gz") as lines:
        for question in map(json.loads, lines):
            if question["truth"] is not None and is_learnt_from(question["qid"]):
                asked = traits_asked(identity_asked(question["q"]))
                yield asked, people[str(question["truth"])]


def _two(dice: Random, known: list[Traits]) -> tuple[Traits, Traits]:
    """Two people, the first as if typed: under one name, with one birth date and address."""
    one, other = dice.sample(known, 2)
    typed = Traits(
        one.names[:1], one.births[:1], one.sex, one.postcodes[:1], one.phones[:1], one.s_numbers[:1]
    )
    return typed, other


def _counted(pairs: list[tuple[Traits, Traits]], weights: Weights) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {field: Counter() for field in JUDGEMENT}
    for asked, kept in pairs:
        found = Judge(asked, weights).compare(kept)
        likes = {
            "forename": found.name.forename,
            "surname": found.name.surname,
            "middle": likeness.of_middles(asked.names[0].middle, kept.names[0].middle),
            **{name: getattr(found, name) for name in ("birth", "sex", "postcode", "phone")},
            "s_number": found.s_number,
            "order": "swapped" if found.name.swapped else "middle" if found.name.by_middle else "-",
        }
        for field, like in likes.items():
            counts[field][str(like)] += like != "unknown"
    return counts


def _chances(
    within: dict[str, Counter[str]], by_chance: dict[str, Counter[str]]
) -> dict[str, dict[str, tuple[float, float]]]:
    chances: dict[str, dict[str, tuple[float, float]]] = {}
    for field, likes in JUDGEMENT.items():
        mine, others = within[field].total(), by_chance[field].total()
        for like, (own, least) in likes.items():
            m = (1 - OWN_SHARE) * within[field][like] / mine + OWN_SHARE * own
            least = least if like == "same" and field not in {"sex", "middle"} else least / 10
            u = 1.0 if field == "order" else max(by_chance[field][like] / others, least)
            chances.setdefault(field, {})[like] = round(m, 6), round(u, 7)
    return chances


def _weights(known: list[Traits], chances: dict[str, dict[str, tuple[float, float]]]) -> Weights:
    return weights_of(_data(known, chances))


def _data(known: list[Traits], chances: dict[str, dict[str, tuple[float, float]]]) -> dict:
    numbers = {"rare": RARE, "sure": SURE, "ahead": AHEAD}
    forenames = Counter(one.names[0].forename for one in known)
    surnames = Counter(one.names[0].surname for one in known)
    shares = {"forenames": _shares(forenames), "surnames": _shares(surnames)}
    return {"chances": chances, **numbers, **shares}


def _shares(names: Counter[str]) -> dict[str, float]:
    total = names.total()
    return {
        name: round(number / total, 6)
        for name, number in names.most_common()
        if name and number / total >= FREQUENT
    }


if __name__ == "__main__":
    main()
