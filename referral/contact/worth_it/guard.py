"""The guard on the page behind a person's link: whoever has no good one sees one and the same."""

from flask import render_template
from flask.typing import ResponseReturnValue

from referral.contact.worth_it.queries import DOORS, WorthDoor
from referral.post.links.guard import guard_of


def over(door: WorthDoor | None, status: int) -> ResponseReturnValue:
    """Thanks, and nothing else: used, run out, stopped, altered or never there look alike."""
    del door
    return render_template("contact/worth_it/over.html"), status


by_link = guard_of(DOORS, over)
