"""The guard on the page behind a person's link: the link is looked at anew each time."""

from collections.abc import Callable
from functools import wraps

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from referral.clock import now
from referral.contact.worth_it.queries import Door, door_of
from referral.web import submit_keys
from referral.web.logs import because

View = Callable[[Door], ResponseReturnValue]


def by_link(view: View) -> Callable[[str], ResponseReturnValue]:
    """Let in who shows a link whose question is open; all others see one and the same page."""

    @wraps(view)
    def guarded(text: str) -> ResponseReturnValue:
        door = door_of(text)
        if door is None:
            return over(404)
        if request.method == "POST":
            key = request.form.get("submit_key", "")
            if earlier := submit_keys.claim_key(key, door.link.id):
                return redirect(earlier, 303)
        if not door.stands_open(now()):
            return over(200 if door.link.used_at else 410)
        return view(door)

    guarded.permission = None  # type: ignore[attr-defined]
    guarded.recorded = True  # type: ignore[attr-defined]
    return guarded


def over(status: int) -> ResponseReturnValue:
    """Thanks, and nothing else: used, run out, stopped, altered or never there look alike."""
    because("dead link")
    return render_template("contact/worth_it/over.html"), status
