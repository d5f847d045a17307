"""Commands that take in what other registers export: bookings, and services."""

from pathlib import Path

import click
from flask.cli import AppGroup

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.users.queries import active_user
from referral.clock import now, today
from referral.db import db
from referral.desk import register_actions as bookings_of
from referral.desk.register import COLUMNS
from referral.desk.register_forms import coming_from
from referral.directory import loading_actions as services_of
from referral.directory import service_lines
from referral.directory.loading_forms import services_from
from referral.directory.queries import choices, choices_in, councils, open_centres
from referral.web.filters import counted
from referral.web.tables import Came, NoTable, Report, Table, table_of

bookings = AppGroup("bookings", help="Bookings from another register.")
services = AppGroup("services", help="Services from another register.")
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
BY = click.option("--by", "email", required=True, help="Email address of the account that acts.")


@bookings.command("load")
@FILE
@BY
@DRY
def load_bookings(file: Path, email: str, dry_run: bool) -> None:
    """Book the people of a CSV file, each centre and custody reference once."""
    by = _acting(email, Permission.LOAD_BOOKINGS)
    centres = {one.name.lower(): one.id for one in open_centres(today())}
    table = _table(file)
    try:
        coming = coming_from(table, centres, choices_in(["language"], today()))
    except NoTable as refused:
        raise click.ClickException(f"{refused}.") from None
    if dry_run:
        outcomes = bookings_of.look_over(coming, by, now())
    else:
        outcomes = bookings_of.take_in(coming, by, now())
    db.session.commit()  # who was looked up stays in the trail
    _say(Report(outcomes, COLUMNS.unread(table.columns)), dry_run)


@services.command("load")
@FILE
@BY
@DRY
def load_services(file: Path, email: str, dry_run: bool) -> None:
    """Put down the services of a CSV file, each once, for somebody to confirm."""
    by = _acting(email, Permission.EDIT_DIRECTORY)
    areas = [(one.code, one.name) for one in councils()]
    table = _table(file)
    try:
        coming = services_from(table, choices("need", today()), areas)
    except NoTable as refused:
        raise click.ClickException(f"{refused}.") from None
    if dry_run:
        outcomes = services_of.look_over(coming)
    else:
        outcomes = services_of.take_in(coming, by, now())
        db.session.commit()
    _say(Report(outcomes, service_lines.COLUMNS.unread(table.columns)), dry_run)


def _table(file: Path) -> Table:
    try:
        return table_of(file.read_bytes())
    except NoTable as refused:
        raise click.ClickException(f"{refused}.") from None


def _acting(email: str, permission: Permission) -> Actor:
    user = active_user(email)
    if user is None or not user.actor.may(permission):
        raise click.ClickException(f"No account {email} may do this.")
    return user.actor


def _say(report: Report, dry_run: bool) -> None:
    for one in report.outcomes:
        left_out = one.came is Came.LEFT_OUT
        why = f": {one.why}" if one.why else ""
        click.echo(f"line {one.line}, {one.name or 'no name'}: {one.came}{why}", err=left_out)
    if report.unread:
        click.echo(f"not read: {', '.join(report.unread)}", err=True)
    counts = ", ".join(f"{report.how_many(came)} {came}" for came in Came)
    nothing = " Nothing is stored: this was a dry run." if dry_run else ""
    click.echo(f"{counted(len(report.outcomes), 'line')}: {counts}.{nothing}")
