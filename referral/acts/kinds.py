"""The acts that are remembered, and for how long each can be taken back."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class ActKind(StrEnum):
    """One kind of act that has its way back."""

    ARRIVED = "arrived"
    ASKED = "asked"
    LEFT = "left"
    VOIDED = "voided"
    CORRECTED = "corrected"
    TENDED = "tended"
    MISTAKEN = "mistaken"
    ANSWERED = "answered"
    ATTENDED = "attended"
    GIVEN = "given"
    RECOGNISED = "recognised"


WORDS: Mapping[ActKind, str] = {
    ActKind.ARRIVED: "Booked",
    ActKind.ASKED: "Asked",
    ActKind.LEFT: "Left",
    ActKind.VOIDED: "Booked by mistake",
    ActKind.CORRECTED: "Corrected",
    ActKind.TENDED: "Healthcare answered",
    ActKind.MISTAKEN: "Somebody else after all",
    ActKind.ANSWERED: "Answered",
    ActKind.ATTENDED: "Attendance said",
    ActKind.GIVEN: "Cases given",
    ActKind.RECOGNISED: "Said who they are",
}
OFFICER_UNDOES = timedelta(hours=24)
SUPERVISOR_UNDOES = timedelta(days=28)
