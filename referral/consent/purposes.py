"""The purposes of consent, the levels of sharing, and the possible answers."""

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


class Companion(StrEnum):
    """Who was there with the person when they answered."""

    PARENT = "parent"
    ADULT = "adult"


class Answer(StrEnum):
    """The person's answer."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
