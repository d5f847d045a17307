"""Somebody comes by another door than custody: no booking of the police, no centre."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.custody.doors import DOOR_OF, IN_PERSON, Sure, Way
from referral.custody.leg_models import StayLeg
from referral.custody.models import Booking
from referral.custody.places import Place
from referral.db import db


@dataclass(frozen=True)
class DoorDetails:
    """How somebody came; which court it was, or which agency says that they agreed."""

    way: Way
    place: str = ""
    stated_by: str = ""


def come(person_id: UUID, details: DoorDetails, by: Actor, at: datetime) -> Booking:
    """What they say now hangs on this. In the cells of a court they are held, else free."""
    way = details.way
    held = way is Way.COURT
    now = at.replace(second=0, microsecond=0)  # as people say it: what is typed next is no earlier
    stay = Booking(
        person_id=person_id,
        door=DOOR_OF[way],
        stated_by=details.stated_by,
        authorised_at=now,
        released_at=None if held else now,
        opened_by_id=by.user_id,
        recorded_at=at,
        version=1,
    )
    if way in IN_PERSON:
        stay.make_sure(Sure.MET, at)
    leg = StayLeg(number=1, place=Place.COURT if held else Place.OUTSIDE, since=now)
    leg.until = stay.released_at
    leg.note = details.place
    leg.by_id = by.user_id
    leg.recorded_at = at
    stay.legs.append(leg)
    db.session.add(stay)
    db.session.flush()  # what is said names it by its number
    return stay
