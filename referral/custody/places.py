"""Where a person can be in one stay, how they leave, and what follows from where they are."""

from collections.abc import Mapping
from enum import StrEnum


class Mistake(StrEnum):
    """Why a booking should never have been made."""

    TWICE = "twice"
    WRONG = "wrong person"
    NEVER = "never came"


MISTAKES: Mapping[Mistake, str] = {
    Mistake.TWICE: "Booked twice",
    Mistake.WRONG: "The wrong person was chosen",
    Mistake.NEVER: "Never came into custody",
}


class Place(StrEnum):
    """Where somebody is while their stay goes on. Only the last is freedom: it is over at once."""

    CENTRE = "centre"
    COURT = "court"
    HOSPITAL = "hospital"
    PRISON = "prison"
    OUTSIDE = "outside"  # who rang, came or was sent, and was free already


COURT = "COURT"
UNSEEN = "UNSEEN"  # they were free before somebody noticed
BACK = "BACK"  # in the cells of the custody centre again
FREED: Mapping[Place, str] = {  # how a stay ends elsewhere, by the code of the route
    Place.COURT: "FROMCOURT",
    Place.HOSPITAL: "FROMHOSP",
    Place.PRISON: "FROMPRISON",
}
LEADS_TO: Mapping[str, Place] = {  # routes out of the cells that lead to a place, not outside
    COURT: Place.COURT,
    "REMAND": Place.PRISON,
    "HOSP": Place.HOSPITAL,
    BACK: Place.CENTRE,
}
AT_DESK = frozenset({Place.CENTRE, Place.COURT, Place.HOSPITAL})  # the desk may see them again
IN_CELLS = frozenset({Place.CENTRE, Place.COURT})  # a worker finds them in a cell
HELD_AS: Mapping[Place, str] = {Place.PRISON: "REMAND", Place.HOSPITAL: "HOSP"}

WORDS: Mapping[Place, str] = {
    Place.CENTRE: "In custody",
    Place.COURT: "Kept for court",
    Place.HOSPITAL: "In hospital",
    Place.PRISON: "In prison",
    Place.OUTSIDE: "Not in custody",
}
GOES: Mapping[str, str] = {
    UNSEEN: "Let go, and not recorded when",
    "FROMCOURT": "Free: released from court",
    "FROMHOSP": "Free: left hospital",
    "FROMPRISON": "Free: released from prison",
    COURT: "Kept for court",
    "REMAND": "Remanded, in prison",
    "HOSP": "To hospital",
    BACK: "Back in the custody centre",
}


def ways_from(place: Place, *, desk: bool = True) -> dict[str, str]:
    """How a stay can go on from a place, or end there, in words by code; the desk has its list.

    Where no desk of a custody centre answers for them, none has them back.
    """
    if place not in FREED:
        return {}
    on = {code: to for code, to in LEADS_TO.items() if desk or to is not Place.CENTRE}
    codes = [FREED[place], *(code for code, to in on.items() if to is not place)]
    return {code: GOES[code] for code in codes}
