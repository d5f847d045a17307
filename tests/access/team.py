"""Of a team: somebody covers for a leave, and cases that were given at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from referral.accounts.users.models import User
from referral.casework.cases.give_actions import give_many
from referral.casework.cover.actions import CoverDetails, arrange
from referral.casework.saved.actions import FilterDetails, keep
from referral.casework.saved.narrowing import Narrowing
from referral.clock import now, today
from referral.db import db


def in_the_team(name: str, staff, sent, at: datetime) -> Iterator[tuple[str, object]]:
    """The lead is to cover for the worker, who has a filter; a case was given among many."""
    worker, lead = (db.session.get_one(User, one.user_id) for one in (staff.worker, staff.lead))
    days = today() + timedelta(days=20), today() + timedelta(days=29)
    yield "cover_id", arrange(CoverDetails(worker, lead, *days), staff.worker, now()).id
    yield "colleague", lead.id
    yield "filter_id", keep(FilterDetails("Housing"), Narrowing(need="HOUS"), staff.worker, at).id
    given, ticked = (sent(f"{name}{which}", staff, at).case for which in ("given", "ticked"))
    db.session.flush()
    yield "given_id", give_many({given.id: given.version}, lead, staff.lead, at).id
    yield "ticked", f"{ticked.id}.{ticked.version}"
