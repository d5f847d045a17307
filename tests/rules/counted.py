"""The rules of what is counted, and the acts that break them."""

import sys
from datetime import timedelta

import pytest
from rules.scene import Breaks, Scene
from sheets.reports import known

from referral.db import db
from referral.directory.areas import Area
from referral.journey.models import Backlog
from referral.journey.queries import BeforeFacts, FactsNotMade, check_facts
from referral.reports.homes import NotWhereTheyLive, check_home
from referral.sheets.parquet_package import NoParquet, as_parquet


def count(s: Scene, *, done: bool):
    """As it was long before facts were kept."""
    db.session.merge(Backlog(id=1, last=1, done=done, kept_from=2**33))
    db.session.flush()
    check_facts(s.at - timedelta(days=365))


def pack_without_duckdb(s: Scene) -> bytes:
    """A data package as Parquet on a server where the extra is not installed."""
    del s
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "duckdb", None)
        return as_parquet(known())


BREAKS: Breaks = [
    (FactsNotMade, lambda s: count(s, done=False)),
    (BeforeFacts, lambda s: count(s, done=True)),
    (NoParquet, pack_without_duckdb),
    (NotWhereTheyLive, lambda s: check_home(Area("G", "Greater Glasgow", "Police division", ()))),
]
