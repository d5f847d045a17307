"""The end of a write: with the one commit of a page that is not in its routes."""

from flask import redirect
from flask.typing import ResponseReturnValue

from referral.db import db
from referral.web import submit_keys


def done(location: str) -> ResponseReturnValue:
    """Keep what was written with the spent key of its form, and send the browser on.

    Only a view may call it: it commits.
    """
    submit_keys.spend(location)
    db.session.commit()
    return redirect(location, 303)
