"""Whether this is a demo."""

from flask import current_app

from referral.db import db
from referral.demo.models import DemoMark
from referral.demo.organisations import empty


def is_demo() -> bool:
    """Whether all people in this database are invented.

    Asked once a process: what is loaded into an empty database decides it for good.
    """
    known: bool | None = current_app.extensions.get("is_demo")
    if known is None:
        known = db.session.get(DemoMark, 1) is not None
        if known or not empty():
            current_app.extensions["is_demo"] = known
    return known
