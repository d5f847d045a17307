"""The guard on pages behind a link: the link is the key, and it is looked at anew each time.

A chapter says what its links are for, to which door each leads, and what is said at a shut one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, request, session
from flask.typing import ResponseReturnValue

from referral.access.guard import public
from referral.clock import now
from referral.post.links.models import LinkCode
from referral.post.links.queries import D, Door, Doors, proved
from referral.web import submit_keys
from referral.web.logs import because

View = Callable[..., ResponseReturnValue]
Over = Callable[[D | None, int], ResponseReturnValue]
PROOF = "link_code"


def guard_of(doors: Doors[D], over: Over[D]) -> Callable[..., Callable[[View], View]]:
    """The guard of a chapter's pages: it lets in who shows a link that stands open.

    `over` says at a shut door why, with which status; behind an altered link there is no door. A
    page that is `dead` opens by an old link too. A form sent twice leads where it first led.
    """

    def by_link(*, dead: bool = False) -> Callable[[View], View]:
        def guard(view: View) -> View:
            @wraps(view)
            def guarded(text: str, **arguments: Any) -> ResponseReturnValue:
                door = doors.behind(text)
                if door is None:
                    because("dead link")
                    return over(door, 404)
                if request.method == "POST" and (earlier := submit_keys.claim(door.link.id)):
                    return redirect(earlier, 303)
                return view(door, **arguments) if dead or stands_open(door) else shut(door, over)

            return public(guarded)

        return guard

    return by_link


def stands_open(door: Door) -> bool:
    """Whether the door opens at this moment."""
    return door.stands_open(now())


def shut(door: D, over: Over[D]) -> ResponseReturnValue:
    """Say that this link opens nothing any more: it was used, or is over in another way."""
    because("dead link")
    return over(door, 200 if door.link.used_at else 410)


def remember(code: LinkCode) -> None:
    """This browser has typed the code."""
    session[PROOF] = str(code.id)


def is_proved(door: Door) -> bool:
    """Whether this browser has typed a code sent to the door's address a short while ago."""
    at = now()
    return proved(door.reader(at), str(session.get(PROOF, "")), at)
