"""The edition of the demo: partners read what its last quarter came to."""

from datetime import datetime

from sqlalchemy import select

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.clock import day_of
from referral.db import db
from referral.directory.areas import SCOTLAND
from referral.editions import actions
from referral.editions.actions import EditionDetails, Words
from referral.editions.counting_actions import found_of, keep
from referral.editions.states import EditionState
from referral.published.audiences import Audience
from referral.published.periods import last_quarter
from referral.reports.national_queries import NAME

CONTACT = "statistics@example.org"


def publish(now: datetime) -> None:
    """Make it, say it in the words that are proposed, sign it and freeze it.

    Where the numbers are too few to be told, it stays as it was refused.
    """
    analysts = select(User).filter_by(role=Role.CJS_ANALYST).order_by(User.email)
    by = db.session.scalars(analysts.limit(1)).one().actor
    wanted = EditionDetails(NAME, last_quarter(day_of(now)), SCOTLAND[0], Audience.PARTNER)
    edition = actions.begin(wanted, by, now)
    keep(edition, found_of(edition))
    db.session.flush()
    if edition.state != EditionState.DRAFT:
        return
    actions.looked_at(edition, edition.version, by, now)
    words = Words(edition.headline, edition.second, CONTACT, None)
    actions.say(edition, words, edition.version, by, now)
    actions.sign_first(edition, None, edition.version, by, now)
    actions.freeze(edition, edition.version, by, now)
