"""Load a nation, with a bar that shows how far it is."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from random import Random

import click

from referral.db import db
from referral.demo import organisations
from referral.demo.nation.copies import Event
from referral.demo.nation.haste import CAREFUL, HASTY, behave, bring_back, put_aside
from referral.demo.nation.loading import end, populate, scribe_of
from referral.demo.nation.rehearsal import numbered


def found_nation(bookings: int, seed: int, password: str, now: datetime) -> None:
    """Ten years of so many bookings, into an empty database; the last day is left uncommitted."""
    with numbered(Random(f"organisations {seed}")):  # noqa: S311 - invented, not secret
        organisations.load(password)
        db.session.commit()
    click.echo("Some lives are rehearsed first, then written as often as they are needed.")
    with click.progressbar(length=bookings, label="Bookings") as bar:
        held = fill(bookings, seed, now, bar.update)
    end(seed, now, held)


def fill(
    bookings: int, seed: int, now: datetime, heard: Callable[[int], object]
) -> Sequence[Event]:
    """All but the last day. `heard` is told how many more are written.

    What happened so lately that the last day comes in between is not in the trail yet: returned.
    """
    scribe = scribe_of(bookings, seed, now)
    db.session.commit()
    held: list[Event] = []
    with hastily():
        for many in populate(scribe, held):
            db.session.commit()
            heard(many)
    return held


@contextmanager
def hastily() -> Iterator[None]:
    """Meanwhile no index is kept and nothing is looked up; afterwards all is as it was."""
    behave(HASTY)
    dropped = put_aside()
    db.session.commit()
    try:
        yield
    finally:
        db.session.rollback()
        bring_back(dropped)
        db.session.commit()
        behave(CAREFUL)
