"""The guard on the pages by which a service answers, and what they say when a link is over."""

from flask import render_template
from flask.typing import ResponseReturnValue

from referral.clock import now
from referral.handoff.by_link.queries import DOORS, ReferralDoor
from referral.post.links.guard import guard_of


def over(door: ReferralDoor | None, status: int) -> ResponseReturnValue:
    """The link is not good any more: thanks where it was used, and a new one where that helps."""
    again = door.question(now()) if door else None
    return render_template("handoff/by_link/over.html", door=door, again=again), status


by_link = guard_of(DOORS, over)
