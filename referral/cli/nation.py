"""Load a nation, with a bar that shows how far it is."""

from collections.abc import Callable
from datetime import datetime
from random import Random

import click

from referral.db import db
from referral.demo import organisations
from referral.demo.nation.loading import end, populate
from referral.demo.nation.rehearsal import numbered
from referral.demo.nation.writing import bring_back, put_aside


def found_nation(bookings: int, seed: int, password: str, now: datetime) -> None:
    """Ten years of so many bookings, into an empty database; the last day is left uncommitted."""
    with numbered(Random(f"organisations {seed}")):  # noqa: S311 - invented, not secret
        organisations.load(password)
        db.session.commit()
    click.echo("Some lives are rehearsed first, then written as often as they are needed.")
    with click.progressbar(length=bookings, label="Bookings") as bar:
        fill(bookings, seed, now, bar.update)
    end(seed, now)


def fill(bookings: int, seed: int, now: datetime, heard: Callable[[int], object]) -> None:
    """All but the last day. `heard` is told how many more are written."""
    indexes = put_aside()
    db.session.commit()
    try:
        for many in populate(bookings, seed, now):
            db.session.commit()
            heard(many)
    finally:
        db.session.rollback()
        bring_back(indexes)
        db.session.commit()
