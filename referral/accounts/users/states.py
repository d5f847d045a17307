"""The states of an account."""

from enum import StrEnum


class UserState(StrEnum):
    """Whether somebody can sign in: not yet, yes, not now, or never again."""

    INVITED = "invited"
    ACTIVE = "active"
    LOCKED = "locked"
    CLOSED = "closed"
