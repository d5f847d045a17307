"""The words that are read out, played where the installation has a recording of them."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from referral.access.guard import requires
from referral.access.permissions import Permission
from referral.clock import now
from referral.consent.queries import read_out
from referral.consent.words import Recording

blueprint = Blueprint("words", __name__)


@blueprint.get("/custody/words/<language>/<purpose>/<int:version>")
@requires(Permission.BOOK)
def recording(language: str, purpose: str, version: int) -> ResponseReturnValue:
    """Somebody reads out the words of a purpose. Answers 404 for other words than those shown now.

    What the address says is compared, and no path is made of it.
    """
    spoken = read_out(language, now()).spoken(purpose)
    if spoken is None or spoken != Recording(language, purpose, version):
        abort(404)
    place = installed(spoken) or abort(404)
    sound = place.read_bytes()  # a minute of speech; a browser asks for parts of it
    answer = Response(sound, mimetype="audio/mpeg")
    return answer.make_conditional(request, accept_ranges=True, complete_length=len(sound))


def installed(spoken: Recording) -> Path | None:
    """Where a recording lies; None where nobody has installed it."""
    folder = current_app.extensions["settings"].recordings
    place = spoken.within(Path(folder).resolve()) if folder else None
    return place if place and place.is_file() else None
