"""That nothing goes silent: what is late, and the workers that do what is due."""

import json
import signal
from dataclasses import asdict
from datetime import UTC, datetime
from threading import Event

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from referral.clock import now
from referral.db import db
from referral.escalation.actions import escalate_due
from referral.escalation.queries import check as check_referrals
from referral.jobs.runner import Worker

referrals = AppGroup("referrals", help="That none goes silent.")


def fixed(context: object, option: object, text: str | None) -> datetime | None:
    """An ISO time of the command line, in UTC unless it says otherwise; None without one."""
    del context, option
    try:
        read = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter("Write a time like 2026-11-24T15:00:00+00:00") from None
    return read.replace(tzinfo=UTC) if read and read.tzinfo is None else read


def moment(context: object, option: object, text: str | None) -> datetime:
    """The same; without one, now."""
    return fixed(context, option, text) or now()


AT = click.option("--now", "at", callback=moment, help="As if it were this ISO time.")


@referrals.command("check")
@click.option("--json", "for_programs", is_flag=True, help="For programs.")
@AT
def check(for_programs: bool, at: datetime) -> None:
    """Count the open cases and referrals and those that could fall silent; fails when one could."""
    found = check_referrals(at)
    together = asdict(found.all)
    for name, number in together.items() if not for_programs else ():
        click.echo(f"{name.replace('_', ' ')}: {number}")
    if for_programs:
        click.echo(json.dumps(together | asdict(found)))
    if not found.sound:
        raise SystemExit(1)


@referrals.command("escalate")
@click.option("--batch", default=500, show_default=True, type=click.IntRange(1))
@AT
def escalate(batch: int, at: datetime) -> None:
    """Take what is late one step further: its owner, the team lead, the managers."""
    taken = 0
    while steps := escalate_due(at, batch):
        taken += steps
        db.session.commit()
    click.echo(f"{taken} steps taken")


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@click.option("--now", "moment", callback=fixed, help="Work as if it were this ISO time.")
@with_appcontext
def worker(once: bool, moment: datetime | None) -> None:
    """Do the work that is due; any number of workers may run, on any number of machines."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    hand = Worker(current_app.extensions["work"], (lambda: moment) if moment else now)
    if once:
        hand.drain(stop)
    else:
        hand.run(stop)
