"""That nothing goes silent."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from referral.clock import now
from referral.db import db
from referral.escalation.actions import escalate_due
from referral.escalation.queries import check as check_referrals

referrals = AppGroup("referrals", help="That none goes silent.")


def moment(context: object, option: object, text: str | None) -> datetime:
    """An ISO time of the command line, in UTC unless it says otherwise; without one, now."""
    del context, option
    try:
        read = datetime.fromisoformat(text) if text else now()
    except ValueError:
        raise click.BadParameter("Write a time like 2026-11-24T15:00:00+00:00") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


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
