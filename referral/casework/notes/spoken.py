"""With whom somebody of the team spoke, how, and why a note is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Whom(StrEnum):
    """To whom a note is about having spoken."""

    PERSON = "person"
    FAMILY = "family"
    SERVICE = "service"
    AGENCY = "agency"
    NOBODY = "nobody"


class How(StrEnum):
    """How they spoke."""

    RANG = "rang"
    RUNG = "rung"
    MET = "met"
    WROTE = "wrote"
    LETTER = "letter"


class Why(StrEnum):
    """Why a note should never have been there; what was only wrong is corrected instead."""

    OTHER = "other"
    OFFENCE = "offence"
    TWICE = "twice"


WHOM: Mapping[Whom, str] = {
    Whom.PERSON: "Them",
    Whom.FAMILY: "Family or a friend",
    Whom.SERVICE: "A service",
    Whom.AGENCY: "Another agency",
    Whom.NOBODY: "Nobody, a note",
}
HOW: Mapping[How, str] = {
    How.RANG: "We rang",
    How.RUNG: "They rang",
    How.MET: "Met",
    How.WROTE: "Text or email",
    How.LETTER: "Letter",
}
WHY: Mapping[Why, str] = {
    Why.OTHER: "It is about somebody else",
    Why.OFFENCE: "It is about an alleged offence",
    Why.TWICE: "It was written twice",
}
HAPPENED: Mapping[How, str] = {
    How.RANG: "Rang {}",
    How.RUNG: "A call from {}",
    How.MET: "Met {}",
    How.WROTE: "Text or email, {}",
    How.LETTER: "Letter, {}",
}
CALLED: Mapping[Whom, str] = {
    Whom.PERSON: "them",
    Whom.FAMILY: "family or a friend",
    Whom.SERVICE: "a service",
    Whom.AGENCY: "another agency",
}


@dataclass(frozen=True)
class Words:
    """What a note keeps sealed: who it was, by name as far as known, and what was said."""

    spoken_to: str = ""
    said: str = ""


def happened(whom: Whom, how: How | None, spoken_to: str) -> str:
    """With whom and how, as the head of a line: 'Rang Karen, family or a friend'."""
    if how is None:
        return "Note"
    called = CALLED[whom]
    named = f"{spoken_to}, {called}" if whom is not Whom.PERSON else spoken_to
    return HAPPENED[how].format(named if spoken_to else called)
