"""What a person can agree to, how much a service is told, and what they answer."""

from enum import StrEnum


class Purpose(StrEnum):
    """One thing that the person can agree to, apart from all others."""

    TALK = "talk"
    SHARE = "share"
    CONTACT = "contact"
    DESK = "desk"
    HISTORY = "history"
    OUTCOME = "outcome"
    GROUP = "group"


class Level(StrEnum):
    """How much a service is told."""

    CONTACT = "contact"
    SUMMARY = "summary"
    FULL = "full"


class Answer(StrEnum):
    """What the person said."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
