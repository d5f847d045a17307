"""Commands for the workers, for escalation, and for the emails kept here."""

import json
import signal
import sys
from dataclasses import asdict
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import IntegrityError

from referral.clock import now, today
from referral.contact.messages.returned_actions import bring_back
from referral.db import db
from referral.jobs.runner import Halt, Worker
from referral.locks import reading
from referral.overdue.escalation.actions import escalate_due
from referral.overdue.escalation.queries import check as check_referrals
from referral.post.messages.actions import load_words as load_message_words
from referral.post.messages.post import MailboxFolder
from referral.post.messages.returned import returned

MOST_OF_A_REPORT = 1_000_000  # bytes

mail = AppGroup("mail", help="Emails kept here without a mail server, and those that came back.")
referrals = AppGroup("referrals", help="Make sure that no case or referral is forgotten.")


def fixed(context: object, option: object, text: str | None) -> datetime | None:
    """An ISO time of the command line, in UTC unless it says otherwise; None without one."""
    del context, option
    try:
        read = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter("Type a time like 2026-11-24T15:00:00+00:00") from None
    return read.replace(tzinfo=UTC) if read and read.tzinfo is None else read


def moment(context: object, option: object, text: str | None) -> datetime:
    """The same; without one, now."""
    return fixed(context, option, text) or now()


AT = click.option("--now", "at", callback=moment, help="Act as if it were this ISO time.")


@referrals.command("check")
@click.option("--json", "for_programs", is_flag=True, help="Print JSON, for programs.")
@AT
def check(for_programs: bool, at: datetime) -> None:
    """Count the open cases and referrals and those that could fall silent; fails when one could."""
    with reading():
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
    """Do the work that is due. Any number of workers may run, on any number of machines."""
    _know_message_words()
    stop = Halt()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: setattr(stop, "asked", True))
    hand = Worker(current_app.extensions["work"], (lambda: moment) if moment else now)
    if once:
        hand.drain(stop)
        click.echo("Nothing more is due.")
    else:
        click.echo("Working until told to stop.", err=True)
        hand.run(stop)
        click.echo("Stopped. The work in hand is finished.", err=True)


@mail.command("list")
@click.option("--json", "for_programs", is_flag=True, help="Print JSON, for programs.")
def mail_list(for_programs: bool) -> None:
    """The emails in the mailbox folder, newest first."""
    folder = current_app.extensions["mailbox"]
    if not isinstance(folder, MailboxFolder):
        raise click.ClickException("Emails go out through a mail server here. None is kept.")
    letters = folder.letters()
    for letter in () if for_programs else letters:
        click.echo(f"{letter.at}  {letter.to}  {letter.subject}")
    if for_programs:
        names = ("id", "channel", "to", "subject", "body", "links")
        click.echo(json.dumps([{n: getattr(row, n) for n in names} for row in letters], indent=1))


@mail.command("returned")
@AT
def mail_returned(at: datetime) -> None:
    """Read a mail that came back from standard input: a pipe of the mail server ends here.

    What is no report of a mail of ours is let go: a pipe that fails would send it back in turn.
    """
    number = returned(sys.stdin.buffer.read(MOST_OF_A_REPORT))
    job = bring_back(number, at) if number else None
    db.session.commit()
    click.echo(f"Came back: {job.title or job.kind}" if job else "No mail of ours.")


def _know_message_words() -> None:
    try:
        load_message_words(today())
        db.session.commit()
    except IntegrityError:  # another worker begins at this moment and has loaded them
        db.session.rollback()
