"""The stays of an area: of its custody centres, or of those who live there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, literal, select, true

from referral.custody.doors import Door
from referral.directory.areas import SCOTLAND, Area
from referral.directory.models import CustodyCentre
from referral.directory.queries import centres
from referral.journey.models import StayFacts
from referral.reports.steps_queries import LookedUp

IN_CUSTODY = StayFacts.door == Door.CUSTODY
NOT_KNOWN = "Not known, or no fixed home"


def held_in(area: Area) -> ColumnElement[bool]:
    """Stays in the custody centres of an area, or of a team; in Scotland all stays in custody."""
    if area.centres:
        return and_(IN_CUSTODY, StayFacts.centre_id.in_(area.centres))
    if area.code == SCOTLAND[0]:
        return IN_CUSTODY
    there = select(CustodyCentre.id).where(CustodyCentre.council_code.in_(area.councils))
    return and_(IN_CUSTODY, StayFacts.centre_id.in_(there))


def of_those_who_live_in(area: Area) -> ColumnElement[bool]:
    """Stays in custody of those who live in an area; of a team, all in its custody centres.

    In Scotland all, wherever they live.
    """
    if area.centres:
        return held_in(area)
    if area.code == SCOTLAND[0]:
        return IN_CUSTODY
    return and_(IN_CUSTODY, StayFacts.home.in_(area.councils))


def whoever_lives_in(area: Area) -> ColumnElement[bool]:
    """Stays and visits, by whatever door, of those who live in an area; in Scotland all."""
    if area.centres:
        return held_in(area)
    return true() if area.code == SCOTLAND[0] else StayFacts.home.in_(area.councils)


def by_area_held(areas: Sequence[Area]) -> LookedUp:
    """The code of the area in which a stay was, out of areas of one kind; "" in none of them."""
    held = {
        area.code: [one.id for one in centres() if one.council_code in area.councils]
        for area in areas
    }
    return _looked_up(StayFacts.centre_id, held, UUID)


def by_centre(ids: Sequence[UUID]) -> LookedUp:
    """The number of the custody centre in which a stay was, out of some; "" in none of them."""
    return _looked_up(StayFacts.centre_id, {str(one): [one] for one in ids}, UUID)


def by_area_of_home(areas: Sequence[Area]) -> LookedUp:
    """The code of the area where somebody lives, out of areas of one kind; "" in none of them."""
    return _looked_up(StayFacts.home, {area.code: area.councils for area in areas}, str)


def _looked_up(
    column: Any, parts: Mapping[str, Collection[Any]], read: Callable[[str], Any]
) -> LookedUp:
    """A cut by the first of these parts in which a value is; "" in none of them."""
    codes = {value: code for code, values in [*parts.items()][::-1] for value in values}

    def word(told: ColumnElement[Any]) -> ColumnElement[Any]:
        cases = [(told.in_(values), code) for code, values in parts.items() if values]
        return case(*cases, else_="") if cases else literal("")

    return LookedUp(column, word, lambda told: "" if told is None else codes.get(read(told), ""))
