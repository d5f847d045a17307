"""The guard on a person's own page: a short visit, kept on the server and looked at anew."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from referral.clock import now
from referral.contact.own_page.models import LONGEST, OwnVisit
from referral.contact.own_page.queries import live_visit
from referral.contact.own_page.tongue_queries import tongue_of
from referral.locks import writing
from referral.web import submit_keys
from referral.web.tongue import ENGLISH

View = Callable[..., ResponseReturnValue]
PATH = "/me"
TOUCH_EVERY = timedelta(minutes=1)


def by_visit(*, keyed: bool = True) -> Callable[[View], View]:
    """Let in who typed the code and the birth date a moment ago; all others start again.

    A form that makes no record when it is sent is not `keyed`.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            visit = live_visit(request.cookies.get(cookie_name(), ""), now())
            if visit is None:
                return redirect(url_for("own_page.door"), 303)
            speak(visit)
            if now() - visit.seen_at > TOUCH_EVERY:
                with writing():
                    visit.seen_at = now()
            posted = keyed and request.method == "POST"
            if posted and (earlier := submit_keys.claim(visit.id)):
                return redirect(earlier, 303)
            return view(visit, **arguments)

        guarded.permission = None  # type: ignore[attr-defined]
        guarded.recorded = True  # type: ignore[attr-defined]
        return guarded

    return guard


def speak(visit: OwnVisit | None) -> None:
    """The words of this page: those that were chosen on it, or else of the recorded language.

    Who is not in yet may have chosen them in the address.
    """
    if visit is None:
        g.tongue = tongue_of(request.args.get("in", ENGLISH), now())
    else:
        g.tongue = tongue_of(visit.card.language or visit.card.person.language, now())


def cookie_name() -> str:
    """The name of the cookie of a visit.

    Not `__Host-…`, which would have to go to every page: it goes to these alone, so that no page of
    the staff ever sees it.
    """
    return "__Secure-me" if current_app.config["PRODUCTION"] else "me"


def carry(answer: Response, token: str) -> Response:
    """Give a browser the token of its visit: apart from any sign-in, and for these pages alone."""
    answer.set_cookie(
        cookie_name(),
        token,
        max_age=LONGEST,
        path=PATH,
        secure=bool(current_app.config["PRODUCTION"]),
        httponly=True,
        samesite="Strict",
    )
    return answer


def drop(answer: Response) -> Response:
    """Leave nothing of the visit in the browser."""
    secure = bool(current_app.config["PRODUCTION"])  # or the browser keeps it
    answer.delete_cookie(cookie_name(), path=PATH, secure=secure)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
