"""Commands that take in what others have published: custody throughput, and who refers."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.users.queries import active_user
from referral.clock import now, today
from referral.db import db
from referral.official import actions, daisy_actions
from referral.official.daisy import Numbering, cells_of, says_of_which_year
from referral.official.files import Sent, Wrong
from referral.official.line_forms import figures_from
from referral.official.queries import adp_names, places
from referral.official.refusals import FileHeld
from referral.official.spans import Span, months
from referral.web.filters import counted
from referral.web.tables import NoTable, Table, table_of

throughput = AppGroup("throughput", help="Custody throughput, as others have published it.")
daisy = AppGroup("daisy", help="Source of Referrals of Public Health Scotland.")
ASK = (
    "It numbers its quarters, and does not say of which year. Give --quarters calendar if 2024Q3"
    " is July to September 2024, or --quarters financial if it is October to December 2024."
)
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
BY = click.option("--by", "email", help="Email address of the account that acts, if one does.")


@throughput.command("import")
@FILE
@BY
def import_throughput(file: Path, email: str | None) -> None:
    """Take in the figures of a CSV file, all of them or none; the same file twice adds nothing."""
    by = _acting(email)
    sent = Sent(file.name, file.read_bytes())
    try:
        coming, wrong = figures_from(table_of(sent.content), places())
    except NoTable as refused:
        raise click.ClickException(f"{refused}.") from None
    _refuse(wrong)
    try:
        done = actions.take_in(sent, coming, by, now())
    except FileHeld as held:
        click.echo(held.sentence)
        return
    db.session.commit()
    click.echo(f"{done.new} new, {done.corrected} corrected, {done.there} there already.")


@daisy.command("import")
@FILE
@BY
@click.option(
    "--quarters", type=click.Choice([one.value for one in Numbering]),
    help="What 2024Q3 is: July to September (calendar), or October to December 2024 (financial).",
)  # fmt: skip
def import_daisy(file: Path, email: str | None, quarters: str | None) -> None:
    """Take in a CSV file, all of it or nothing; the same file twice adds nothing."""
    by = _acting(email)
    sent = Sent(file.name, file.read_bytes())
    try:
        table = table_of(sent.content)
        numbering = _numbering(quarters, table)
        read = cells_of(table, adp_names(), numbering, today())
    except NoTable as refused:
        raise click.ClickException(f"{refused}.") from None
    _refuse(read.wrong)
    try:
        daisy_actions.take_in(sent, read.cells, numbering, by, now())
    except FileHeld as held:
        click.echo(held.sentence)
        return
    db.session.commit()
    hidden = sum(1 for cell in read.cells if cell.number is None)
    click.echo(f"{counted(len(read.cells), 'value')} taken in, {hidden} of them hidden.")
    passed = f"{counted(read.totals, 'line')} of boards or of Scotland"
    click.echo(f"Passed over: {passed}, {counted(read.shares, 'line')} of percentages.")
    click.echo(_how_read([cell.quarter for cell in read.cells], numbering))


def _numbering(quarters: str | None, table: Table) -> Numbering:
    """How the file numbers its quarters; nobody can tell by the file, so it is not guessed."""
    if quarters is None and not says_of_which_year(table):
        raise click.ClickException(ASK)
    return Numbering(quarters or Numbering.FINANCIAL)


def _how_read(quarters: Sequence[date], numbering: Numbering) -> str:
    """Which days the file is about, so that quarters read in the wrong way are seen."""
    last = months(max(quarters).year, max(quarters).month, 3).last
    days = Span(min(quarters), last).words
    return f"It is about {days}, if its quarters are those of the {numbering} year (--quarters)."


def _acting(email: str | None) -> Actor | None:
    if email is None:
        return None
    user = active_user(email)
    if user is None or not user.actor.may(Permission.KEEP_OFFICIAL):
        raise click.ClickException(f"No account {email} may do this.")
    return user.actor


def _refuse(wrong: Sequence[Wrong]) -> None:
    for one in wrong:
        click.echo(f"line {one.line}: {one.sentence}", err=True)
    if wrong:
        lines = counted(len(wrong), "line is", "lines are")
        raise click.ClickException(f"{lines} wrong, so nothing was taken in. Put the file right.")
