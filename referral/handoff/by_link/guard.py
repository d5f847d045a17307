"""The guard on pages behind a link: the link is the key, and it is looked at anew each time."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from referral.clock import now
from referral.handoff.by_link.queries import Door, door_of
from referral.post.links.queries import proved
from referral.web import submit_keys
from referral.web.logs import because

View = Callable[..., ResponseReturnValue]
PROOF = "link_code"


def by_link(*, dead: bool = False) -> Callable[[View], View]:
    """Let in who shows a link whose question is open; tell others kindly, and nothing else.

    `dead` lets in an old link as well.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(text: str, **arguments: Any) -> ResponseReturnValue:
            door = door_of(text)
            if door is None:
                because("dead link")
                return render_template("handoff/by_link/over.html", door=None), 404
            if request.method == "POST":
                key = request.form.get("submit_key", "")
                if earlier := submit_keys.claim_key(key, door.link.id):
                    return redirect(earlier, 303)
            return view(door, **arguments) if dead or door.stands_open(now()) else over(door)

        guarded.permission = None  # type: ignore[attr-defined]
        guarded.recorded = True  # type: ignore[attr-defined]
        return guarded

    return guard


def over(door: Door) -> ResponseReturnValue:
    """The link is not good any more: thanks where it was used, and a new one where that helps."""
    because("dead link")
    page = render_template("handoff/by_link/over.html", door=door, again=door.question(now()))
    return page, 200 if door.link.used_at else 410


def is_proved(door: Door) -> bool:
    """Whether this browser has typed the code to this link a short while ago."""
    return proved(door.link, str(session.get(PROOF, "")), now())
