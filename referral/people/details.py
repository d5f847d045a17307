"""What counts now of all that was said of where somebody lives and how to speak with them.

One rule for each detail: the last word counts. Silence is no word, and nothing is written down of
it; that there is no phone, or no fixed abode, is one. A word that was taken back does not count.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from referral.people.identity import Identity
from referral.people.sources import Source
from referral.people.traits import phone, postcode, s_number


class Detail(StrEnum):
    """What a word is about, by the name of the column that repeats what counts.

    No column repeats the number by which somebody is told apart from others, and none of these
    counts: recognition reads them, and nothing by which a person is reached ever does.
    """

    PHONE = "phone"
    POSTCODE = "postcode"
    NO_FIXED_ABODE = "no_fixed_abode"
    COUNCIL = "council_code"
    S_NUMBER = "s_number"
    LANGUAGE = "language"
    INTERPRETER = "interpreter"
    TELLS_APART = "tells apart"


class HeardIn(StrEnum):
    """In the course of what it was said."""

    BOOKING = "booking"
    STAY = "stay"  # asked at the desk whether what was kept is still true
    AGREEMENT = "agreement"
    PLAN = "plan"
    OWN_PAGE = "own page"
    REGISTER = "register"  # loaded; nobody said it to us
    BEFORE = "before"  # words were kept: nobody noted who said it, nor when


Value = str | bool | None
YES = "yes"
# what is taken for true of whom nobody has said anything
UNSAID: Mapping[Detail, Value] = {
    Detail.PHONE: "",
    Detail.POSTCODE: "",
    Detail.NO_FIXED_ABODE: False,
    Detail.COUNCIL: None,
    Detail.S_NUMBER: "",
    Detail.LANGUAGE: "en",
    Detail.INTERPRETER: False,
}
CALLED: Mapping[Detail, str] = {
    Detail.POSTCODE: "Postcode",
    Detail.NO_FIXED_ABODE: "No fixed abode",
    Detail.COUNCIL: "Home area",
    Detail.PHONE: "Phone number",
    Detail.S_NUMBER: "S-number",
    Detail.LANGUAGE: "Language",
    Detail.INTERPRETER: "Needs an interpreter",
}
FOLDED: Mapping[Detail, Callable[[str], str]] = {
    Detail.PHONE: phone,
    Detail.POSTCODE: postcode,
    Detail.S_NUMBER: s_number,
}
HEARD: Mapping[HeardIn, str] = {
    HeardIn.BOOKING: "said at the desk",
    HeardIn.STAY: "said at the desk",
    HeardIn.AGREEMENT: "said with what they agreed to",
    HeardIn.PLAN: "said to a worker",
    HeardIn.OWN_PAGE: "typed on their own page",
    HeardIn.REGISTER: "loaded from a register",
    HeardIn.BEFORE: "nobody noted who said it",
}


class Word(Protocol):
    """One word, as the rule reads it. The later one has the greater `order`."""

    @property
    def order(self) -> int: ...
    @property
    def detail(self) -> Detail: ...
    @property
    def value(self) -> str: ...
    @property
    def said_by(self) -> Source | None: ...
    @property
    def heard_in(self) -> HeardIn: ...
    @property
    def happened_at(self) -> datetime: ...
    @property
    def taken_back_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class DetailNow:
    """The word that counts, who said it, in the course of what, when; whether it was another."""

    value: str
    said_by: Source | None
    heard_in: HeardIn
    said_at: datetime
    changed: bool

    @property
    def heard(self) -> str:
        """How it came to us, in words."""
        return HEARD[self.heard_in]

    @property
    def dated(self) -> bool:
        """Whether somebody noted when it was said."""
        return self.heard_in is not HeardIn.BEFORE


def counting(words: Iterable[Word]) -> dict[Detail, DetailNow]:
    """Each detail of which somebody said something, as it stands."""
    found: dict[Detail, DetailNow] = {}
    for word in standing(words):
        if word.detail is Detail.TELLS_APART:
            continue
        before = found.get(word.detail)
        changed = before is not None and (before.changed or _differ(before.value, word))
        found[word.detail] = DetailNow(
            word.value, word.said_by, word.heard_in, word.happened_at, changed
        )
    return found


def standing(words: Iterable[Word]) -> list[Word]:
    """The words that were not taken back, in the order in which they were said."""
    return sorted((word for word in words if not word.taken_back_at), key=lambda word: word.order)


def columns(words: Iterable[Word]) -> dict[Detail, Value]:
    """What the columns of a person are to say, by the rule."""
    said = {detail: read(detail, now.value) for detail, now in counting(words).items()}
    return {**UNSAID, **said}


def ever_said(words: Iterable[Word], detail: Detail) -> Sequence[str]:
    """All that was said of a detail and not taken back, the latest first."""
    return [word.value for word in reversed(standing(words)) if word.detail is detail]


def typed(identity: Identity) -> dict[Detail, Value]:
    """What the form of a booking says. What was left blank, or at "English", says nothing."""
    said: dict[Detail, Value] = {
        Detail.PHONE: identity.phone,
        Detail.POSTCODE: identity.postcode,
        Detail.COUNCIL: identity.council_code,
        Detail.S_NUMBER: identity.s_number,
        Detail.LANGUAGE: identity.language,
        Detail.INTERPRETER: identity.interpreter,
        Detail.TELLS_APART: identity.number,
    }
    said = {
        detail: value for detail, value in said.items() if value and value != UNSAID.get(detail)
    }
    if identity.no_fixed_abode or said.keys() & {Detail.POSTCODE, Detail.COUNCIL}:
        said[Detail.NO_FIXED_ABODE] = identity.no_fixed_abode
    return said


def silent(identity: Identity) -> Identity:
    """The same person, who says nothing of all this."""
    return replace(
        identity,
        phone="",
        number="",
        s_number="",
        postcode="",
        no_fixed_abode=False,
        council_code=None,
        language="en",
        interpreter=False,
    )


def settled(said: Mapping[Detail, Value]) -> dict[Detail, Value]:
    """The same, whole: who says that they have no fixed abode lives at no postcode from before."""
    homeless = said.get(Detail.NO_FIXED_ABODE) is True
    return {**({Detail.POSTCODE: ""} if homeless else {}), **said}


def written(value: Value) -> str:
    """A value as a word keeps it."""
    return YES if value is True else str(value or "")


def read(detail: Detail, value: str) -> Value:
    """The value that was written."""
    if isinstance(UNSAID[detail], bool):
        return value == YES
    return value or UNSAID[detail]


def _differ(before: str, word: Word) -> bool:
    """However a number or a postcode is written, it is the same one."""
    folded = FOLDED.get(word.detail, str)
    return folded(before) != folded(word.value)
