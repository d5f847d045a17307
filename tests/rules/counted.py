"""The rules of what is counted, and the acts that break them."""

from datetime import timedelta

from rules.scene import Breaks, Scene

from referral.db import db
from referral.journey.models import Backlog
from referral.journey.queries import BeforeFacts, FactsNotMade, check_facts
from referral.reports.areas import Area
from referral.reports.homes import NotWhereTheyLive, check_home


def count(s: Scene, *, done: bool):
    """As it was long before facts were kept."""
    db.session.merge(Backlog(id=1, last=1, done=done, kept_from=2**33))
    db.session.flush()
    check_facts(s.at - timedelta(days=365))


BREAKS: Breaks = [
    (FactsNotMade, lambda s: count(s, done=False)),
    (BeforeFacts, lambda s: count(s, done=True)),
    (NotWhereTheyLive, lambda s: check_home(Area("G", "Greater Glasgow", "Police division", ()))),
]
