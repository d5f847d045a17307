"""The end of a write: with the one commit of a page that is not in its routes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from referral.clock import now
from referral.db import db
from referral.web import submit_keys

PAIR = 2  # two records that become one, or two
LATELY = timedelta(minutes=1)  # what was done longer ago is said to nobody who comes by


@dataclass(frozen=True)
class Done:
    """What was done last in this browser: the events that it left, about whom, and when.

    `undo` is the address that takes it back; empty where nothing does. `told` is what a list needs
    to say it in the place of the row that it was done to; of what leaves no event, `said` in it is
    the sentence.
    """

    events: Sequence[str]
    subject_id: UUID | None
    at: datetime
    undo: str
    told: Mapping[str, str]


def done(
    location: str, undo: str = "", told: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    """Keep what was written with the spent key of its form, and send the browser on.

    The next page says what was done, to who signed in: no other browser is given a cookie for it.
    Only a view may call it: it commits.
    """
    submit_keys.spend(location)
    noted = g.get("noted") or []
    if (noted or told) and session.get("token"):
        people = list(dict.fromkeys(subject for _, subject in noted if subject))
        about = people[0] if 0 < len(people) <= PAIR else ""  # of a crowd nobody is named
        session["done"] = [sorted({tag for tag, _ in noted}), about, now().timestamp(), undo]
        session["done"].append(dict(told or {}))
    db.session.commit()
    return redirect(location, 303)


def just_done() -> Done | None:
    """What this browser did a moment ago; it is told on one page."""
    if "just_done" not in g:
        g.just_done = _told_once()
    found: Done | None = g.just_done
    return found


def _told_once() -> Done | None:
    kept = session.pop("done", None)
    if not kept:
        return None
    events, about, since, undo, *more = kept  # one that was kept before an update has no more
    at = datetime.fromtimestamp(since, now().tzinfo)
    about = UUID(about) if about else None
    told = more[0] if more else {}
    return Done(events, about, at, undo, told) if now() - at < LATELY else None


def back_to(page: str, listed: str) -> str:
    """Where an act leads: to the tab of a list where it was done in its row, else to its own page.

    `listed` is the endpoint of the list; the address of the act names the tab, and the
    saved filter.
    """
    tab = request.args.get("tab")
    return url_for(listed, tab=tab, saved=request.args.get("saved")) if tab else page
