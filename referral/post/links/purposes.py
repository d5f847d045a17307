"""The purposes of links, and how long a link and its code work."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class LinkPurpose(StrEnum):
    """The one thing that a link is for."""

    ANSWER = "answer"
    SEE = "see"
    CAME = "came"
    CHANGED = "changed"
    STOPPED = "stopped"
    WORTH = "worth"  # to the person themselves, not to a service
    JOIN = "join"  # this and the next two to somebody with an account
    PASSWORD = "password"  # noqa: S105
    RECOVER = "recover"  # password and second factor, made by a command on the machine


LASTS: Mapping[LinkPurpose, timedelta] = {
    LinkPurpose.ANSWER: timedelta(days=14),
    LinkPurpose.SEE: timedelta(days=30),
    LinkPurpose.CAME: timedelta(days=14),
    LinkPurpose.CHANGED: timedelta(days=14),
    LinkPurpose.STOPPED: timedelta(days=60),
    LinkPurpose.WORTH: timedelta(days=30),
    LinkPurpose.JOIN: timedelta(days=7),
    LinkPurpose.PASSWORD: timedelta(minutes=30),
    LinkPurpose.RECOVER: timedelta(hours=1),
}
CODE_LASTS = timedelta(minutes=15)
PROOF_LASTS = timedelta(minutes=30)
