"""The doors by which somebody comes to arrest referral, and how sure it is who they are."""

from collections.abc import Mapping
from enum import StrEnum


class Door(StrEnum):
    """By which door somebody came. Only custody has a booking of the police behind it."""

    CUSTODY = "custody"
    COURT = "court"
    SELF = "self"
    FAMILY = "family"
    AGENCY = "agency"


class Way(StrEnum):
    """How they came by another door than an offer in custody: each is a page of its own."""

    CALL = "call"
    VISIT = "visit"
    COURT = "court"
    AGENCY = "agency"
    FAMILY = "family"


class Sure(StrEnum):
    """How the team made sure that it is them."""

    MET = "met"
    RUNG = "rung back"


DOOR_OF: Mapping[Way, Door] = {
    Way.CALL: Door.SELF,
    Way.VISIT: Door.SELF,
    Way.COURT: Door.COURT,
    Way.AGENCY: Door.AGENCY,
    Way.FAMILY: Door.FAMILY,
}
IN_PERSON = frozenset({Way.VISIT, Way.COURT})  # who writes it down has them in front of them
BY_WORD = frozenset({Door.SELF, Door.FAMILY, Door.AGENCY})  # so long as nobody has met them

CAME: Mapping[Door, str] = {
    Door.COURT: "Met in the cells of a court",
    Door.SELF: "Got in touch themselves",
    Door.FAMILY: "Reached after family or a friend called",
    Door.AGENCY: "Sent by another agency",
}
MADE_SURE: Mapping[Sure, str] = {
    Sure.MET: "I have met them",
    Sure.RUNG: "I rang them back on a number that we held before",
}
