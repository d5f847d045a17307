"""What counts now of all that was ever said of a person: one rule for needs, one for dangers.

Silence is no answer, and neither is "did not want to say": only a yes or a no takes the place of an
answer, and what it took the place of is still there. A danger is more careful: who said yes is in
danger until its window is over, and a later no is shown beside it. Healthcare or a worker lifts it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from referral.people.sources import Source


class About(StrEnum):
    """What an answer is about; its codes are those of the code list of that name."""

    NEED = "need"
    DANGER = "danger"


class Said(StrEnum):
    """An answer. Who was not asked has given none, and nothing is written down."""

    YES = "yes"
    NO = "no"
    DECLINED = "declined"  # did not want to say


class SaidIn(StrEnum):
    """In the course of what it was said."""

    OFFER = "offer"
    ASSESSMENT = "assessment"
    CASE = "case"  # on the page of a case, between assessments
    LIFTED = "lifted"  # that a danger does not apply any more, with a reason


ANSWERED = frozenset({Said.YES, Said.NO})
LIFTERS = frozenset({Source.HEALTHCARE, Source.WORKER})
AT_DESK = frozenset({SaidIn.OFFER, SaidIn.LIFTED})  # the desk never reads what was told to a worker
NEAR_FATAL = frozenset({"overdose", "naloxone_given"})
RECENT = timedelta(days=30)
# so long a yes stands, from when it happened and also in later stays; any other for its stay
WINDOWS: Mapping[str, timedelta] = {"overdose": RECENT, "naloxone_given": RECENT}


class Word(Protocol):
    """One answer, as the rules read it. The later one has the greater `order`."""

    @property
    def order(self) -> int: ...
    @property
    def kind(self) -> About: ...
    @property
    def code(self) -> str: ...
    @property
    def answer(self) -> Said: ...
    @property
    def severity(self) -> str | None: ...
    @property
    def wants_help(self) -> bool | None: ...
    @property
    def said_by(self) -> Source: ...
    @property
    def act(self) -> SaidIn: ...
    @property
    def reason(self) -> str: ...
    @property
    def happened_at(self) -> datetime: ...


@dataclass(frozen=True)
class NeedNow:
    """A need as it stands: the latest yes or no, and whether it was the other one before.

    Severity, by code, and the wish for help are the latest that somebody gave with a yes.
    """

    code: str
    counts: bool
    severity: str | None
    wants_help: bool | None
    changed: bool
    said_at: datetime
    said_by: Source


@dataclass(frozen=True)
class DangerNow:
    """A danger to which somebody said yes: who and when, and what was said of it since.

    `denied_at` is a later no, which lifts nothing. `stands` is what the product acts on.
    """

    code: str
    said_at: datetime
    said_by: Source
    stands: bool = True
    denied_at: datetime | None = None
    lifted_at: datetime | None = None
    lifted_by: Source | None = None
    reason: str = ""

    def heard_by(self, at: datetime) -> bool:
        """Whether it stands, and was said by a moment."""
        return self.stands and self.said_at <= at


def needs_of(words: Iterable[Word]) -> dict[str, NeedNow]:
    """Each need of which somebody said yes or no, by code, in the order in which it came up."""
    found: dict[str, NeedNow] = {}
    for word in _of(words, About.NEED):
        found[word.code] = _weighed(word, found.get(word.code))
    return found


def dangers_of(words: Iterable[Word], at: datetime) -> dict[str, DangerNow]:
    """Each danger to which somebody said yes, by code, as it stands at a moment."""
    found: dict[str, DangerNow] = {}
    for word in _of(words, About.DANGER):
        if word.answer is Said.YES:
            found[word.code] = DangerNow(word.code, word.happened_at, word.said_by)
        elif known := found.get(word.code):
            found[word.code] = _denied(known, word)
    return {code: replace(danger, stands=_stands(danger, at)) for code, danger in found.items()}


def latest_words(words: Iterable[Word], about: About) -> dict[str, Said]:
    """The last answer to each question, whatever it was."""
    mine = (word for word in words if word.kind is about)
    return {word.code: word.answer for word in sorted(mine, key=lambda word: word.order)}


def _of(words: Iterable[Word], about: About) -> list[Word]:
    mine = [word for word in words if word.kind is about and word.answer in ANSWERED]
    return sorted(mine, key=lambda word: word.order)


def _weighed(word: Word, before: NeedNow | None) -> NeedNow:
    yes = word.answer is Said.YES
    goes_on = before if before and before.counts and yes else None
    wish = word.wants_help if yes else None
    return NeedNow(
        code=word.code,
        counts=yes,
        severity=(word.severity if yes else None) or (goes_on.severity if goes_on else None),
        wants_help=goes_on.wants_help if wish is None and goes_on else wish,
        changed=before is not None and (before.changed or before.counts != yes),
        said_at=word.happened_at,
        said_by=word.said_by,
    )


def _denied(known: DangerNow, word: Word) -> DangerNow:
    if word.said_by not in LIFTERS:
        return replace(known, denied_at=word.happened_at)
    return replace(known, lifted_at=word.happened_at, lifted_by=word.said_by, reason=word.reason)


def _stands(danger: DangerNow, at: datetime) -> bool:
    window = WINDOWS.get(danger.code)
    over = window is not None and at - danger.said_at > window
    return danger.lifted_at is None and not over
