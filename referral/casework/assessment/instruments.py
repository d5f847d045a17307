"""Screening instruments as versioned data packs, and their published scoring.

A screen is never a diagnosis: it suggests what is worth talking about.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKS = Path(__file__).parent / "packs"
LOWER = "lower"
ORDER = ("audit-c", "fast", "phq-2", "gad-2", "dast-10", "core-10", "swemwbs", "dudit", "row")


@dataclass(frozen=True)
class Question:
    """A question with its possible answers and the points that each is worth."""

    text: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Instrument:
    """One version of an instrument; a shell holds no words, only the total of the licensed form.

    `better` says whether a lower or a higher score is, and is empty where the pack does not say.
    """

    id: str
    version: str
    title: str
    period: str
    about: str
    questions: tuple[Question, ...]
    threshold: int | None
    source: str
    licence: str
    shell: bool
    most: int
    better: str


@dataclass(frozen=True)
class Result:
    """The score, None where it cannot be given; and whether it reaches the published threshold."""

    score: int | None
    positive: bool | None
    missing: int


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every shipped instrument by its code, in the order in which they are offered."""
    return {name: _read(PACKS / f"{name}.json") for name in ORDER}


def score(instrument: Instrument, points: Sequence[int | None]) -> Result:
    """Add up the points of the answers, None for a question that was not answered.

    With an answer missing there is no score, because the published cut-offs are for complete
    answers; but when those given reach the threshold already, the result is positive whatever the
    missing one would be. Raises ValueError for points that no answer is worth.
    """
    for question, worth in zip(instrument.questions, points, strict=True):
        if worth is not None and worth not in {value for _, value in question.answers}:
            raise ValueError("no answer to this question is worth that")
    given = [worth for worth in points if worth is not None]
    missing = len(points) - len(given)
    reached = instrument.threshold is not None and sum(given) >= instrument.threshold
    if missing:
        return Result(None, True if reached else None, missing)
    return Result(sum(given), reached if instrument.threshold is not None else None, 0)


@dataclass(frozen=True)
class Answered:
    """An instrument as it was answered: each question with its answer in words, and the result."""

    items: Sequence[dict[str, str | int | None]]
    score: int | None
    positive: bool | None


def answered(instrument: Instrument, points: Sequence[int | None]) -> Answered:
    """What was answered, by the points of each question. Raises ValueError as `score` does."""
    result = score(instrument, points)
    worded: list[dict[str, str | int | None]] = [
        {
            "question": q.text,
            "answer": next((w for w, p in q.answers if p == worth), None),
            "points": worth,
        }
        for q, worth in zip(instrument.questions, points, strict=True)
    ]
    return Answered(worded, result.score, result.positive)


def totalled(instrument: Instrument, total: int) -> Answered:
    """The same of a licensed form, of which only the total is known."""
    reached = None if instrument.threshold is None else total >= instrument.threshold
    return Answered([], total, reached)


def _read(path: Path) -> Instrument:
    pack = json.loads(path.read_text(encoding="utf-8"))
    questions = tuple(
        Question(row["text"], tuple((words, points) for words, points in row["answers"]))
        for row in pack["questions"]
    )
    most = pack.get("most") or sum(max(p for _, p in q.answers) for q in questions)
    return Instrument(
        id=pack["id"],
        version=pack["version"],
        title=pack["title"],
        period=pack["period"],
        about=pack["about"],
        questions=questions,
        threshold=pack["threshold"],
        source=pack["source"],
        licence=pack["licence"],
        shell=pack.get("shell", False),
        most=most,
        better=pack.get("direction", ""),
    )
