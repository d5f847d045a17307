"""Take in the bookings of a register, each once; or say what would become of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.custody.queries import hold_centres, references_at
from referral.desk.actions import Arrival, arrive
from referral.desk.register import Coming
from referral.web.tables import Came, Outcome

MISTAKEN = "it was booked by mistake before: bring that booking back under “Left today”"
Key = tuple[UUID | None, str]


def look_over(coming: Sequence[Coming], at: datetime) -> list[Outcome]:
    """What would become of each line. Nothing is written."""
    known = _known(coming, at)
    return [_outcome(one, known) for one in coming]


def take_in(coming: Sequence[Coming], by: Actor, at: datetime) -> list[Outcome]:
    """Book what is sound and not booked yet, each at its centre, as new people.

    Whose earlier record it is, nobody has said: nothing is joined. What is wrong with one line
    leaves the others. Raises nothing of a line: what a booking refuses was looked for before.
    """
    hold_centres(_centres(coming))
    known = _known(coming, at)
    found = []
    for one in coming:
        outcome = _outcome(one, known)
        if outcome.came is Came.TAKEN and one.booking:
            arrive(Arrival(one.booking), replace(by, centre_id=one.centre_id), at)
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


def _outcome(one: Coming, known: dict[Key, Came]) -> Outcome:
    """What becomes of a line, after those before it."""
    if one.wrong:
        return Outcome(one.line, one.reference, Came.LEFT_OUT, "; ".join(one.wrong))
    key = one.centre_id, one.reference.casefold()
    came = known.setdefault(key, Came.TAKEN)
    if came is Came.TAKEN:
        known[key] = Came.THERE  # a later line of the same file
    return Outcome(one.line, one.reference, came, MISTAKEN if came is Came.LEFT_OUT else "")
