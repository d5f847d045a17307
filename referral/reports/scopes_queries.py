"""The stays of an area: of its custody centres, or of those who live there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, literal, select, true

from referral.custody.doors import Door
from referral.directory.areas import SCOTLAND, Area
from referral.directory.models import CustodyCentre
from referral.directory.queries import centres
from referral.journey.models import StayFacts

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


def by_area_held(areas: Sequence[Area]) -> ColumnElement[Any]:
    """The code of the area in which a stay was, out of areas of one kind; "" in none of them."""
    held = {
        area.code: [one.id for one in centres() if one.council_code in area.councils]
        for area in areas
    }
    return _one_of([(StayFacts.centre_id.in_(ids), code) for code, ids in held.items() if ids])


def by_centre(ids: Sequence[UUID]) -> ColumnElement[Any]:
    """The number of the custody centre in which a stay was, out of some; "" in none of them."""
    return _one_of([(StayFacts.centre_id == one, str(one)) for one in ids])


def by_area_of_home(areas: Sequence[Area]) -> ColumnElement[Any]:
    """The code of the area where somebody lives, out of areas of one kind; "" in none of them."""
    return _one_of([(StayFacts.home.in_(area.councils), area.code) for area in areas])


def _one_of(cases: Sequence[tuple[Any, str]]) -> ColumnElement[Any]:
    """The word of the first condition that holds; "" where none does."""
    return case(*cases, else_="") if cases else literal("")
