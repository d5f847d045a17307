"""Take in the bookings of a register, each once; or say what would become of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.custody.queries import hold_centres, references_at
from referral.db import db
from referral.desk.actions import Arrival, arrive, note_suggestions
from referral.desk.models import FromRegister
from referral.desk.queries import suggested
from referral.desk.register import Coming
from referral.web.tables import Came, Outcome

ASK = "may be known: ask"
MISTAKEN = "it was booked by mistake before: bring that booking back under “Left today”"
Key = tuple[UUID | None, str]


def look_over(coming: Sequence[Coming], by: Actor, at: datetime) -> list[Outcome]:
    """What would become of each line. Nothing is booked; who may be known was looked up."""
    known = _known(coming, at)
    return [_asking(one, _outcome(one, known), by, at) for one in coming]


def take_in(coming: Sequence[Coming], by: Actor, at: datetime) -> list[Outcome]:
    """Book what is sound and not booked yet, each at its centre, as new people.

    Whose earlier record it is, nobody has said: nothing is joined, and the desk is to ask. What is
    wrong with one line leaves the others. Raises nothing of a line: what a booking refuses was
    looked for before.
    """
    hold_centres(_centres(coming))
    known = _known(coming, at)
    found = []
    for one in coming:
        outcome = _asking(one, _outcome(one, known), by, at)
        if outcome.came is Came.TAKEN and one.booking:
            booked = arrive(Arrival(one.booking), replace(by, centre_id=one.centre_id), at)
            db.session.add(FromRegister(booking_id=booked.id, came_at=at))
        found.append(outcome)
    record(Tag.BOOKINGS_LOADED, by, at)
    return found


def _centres(coming: Sequence[Coming]) -> set[UUID]:
    return {one.centre_id for one in coming if one.centre_id}


def _known(coming: Sequence[Coming], at: datetime) -> dict[Key, Came]:
    """What is booked already at these centres, by centre and reference."""
    found: dict[Key, Came] = {}
    for centre_id, reference, voided_at in references_at(_centres(coming), at):
        key = centre_id, reference.casefold()
        if voided_at:
            found.setdefault(key, Came.LEFT_OUT)
        else:
            found[key] = Came.THERE
    return found


def _asking(one: Coming, outcome: Outcome, by: Actor, at: datetime) -> Outcome:
    """The same, saying of somebody new that they may be known, but never as whom."""
    if outcome.came is not Came.TAKEN or one.booking is None:
        return outcome
    known = suggested(one.booking.identity)
    note_suggestions(known, by, at)
    return replace(outcome, why=ASK if known else "")


def _outcome(one: Coming, known: dict[Key, Came]) -> Outcome:
    """What becomes of a line, after those before it."""
    if one.wrong:
        return Outcome(one.line, one.reference, Came.LEFT_OUT, "; ".join(one.wrong))
    key = one.centre_id, one.reference.casefold()
    came = known.setdefault(key, Came.TAKEN)
    if came is Came.TAKEN:
        known[key] = Came.THERE  # a later line of the same file
    return Outcome(one.line, one.reference, came, MISTAKEN if came is Came.LEFT_OUT else "")
