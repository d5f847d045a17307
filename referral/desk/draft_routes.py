"""What an officer has begun at the desk and not saved: kept while they type, taken up or let go."""

from flask import Blueprint, abort, current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now
from referral.custody.queries import booking_for
from referral.db import db
from referral.web import drafts
from referral.web.done import done

blueprint = Blueprint("drafts", __name__, url_prefix="/custody/drafts")


@blueprint.post("")
@requires(Permission.BOOK, keyed=False)
def keep() -> ResponseReturnValue:
    """The page's own form, sent while it is typed; nobody but its writer can open it again."""
    at = now()
    kept = drafts.keep(acting().user_id, _page(), at)
    db.session.commit()
    return jsonify(kept=kept)


@blueprint.post("/throw-away")
@requires(Permission.BOOK)
def throw_away() -> ResponseReturnValue:
    """What was begun is not wanted any more."""
    drafts.forget(acting().user_id, request.form.get("draft_of", ""))
    return done(url_for("desk.centre_now"))


def show_draft() -> None:
    """The page shows what was begun there, where its writer asks to go on with it."""
    if request.method == "GET" and request.args.get("draft") == "yes":
        drafts.take_up(acting().user_id, now())


def saved(goes_on: str) -> ResponseReturnValue:
    """The end of a page that keeps drafts: what was typed there is none any more."""
    drafts.forget(acting().user_id, request.path)
    return done(goes_on)


def _page() -> str:
    """The page of the desk that the draft is for. Answers 404 where it is none."""
    page = request.form.get("draft_of", "")
    try:
        endpoint, values = current_app.url_map.bind("").match(page)
    except HTTPException:
        abort(404)
    if endpoint == "desk.answer_offer":
        booking_for(acting(), values["booking_id"])
    elif endpoint != "desk.open_booking":
        abort(404)
    return page
