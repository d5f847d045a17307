"""Counts, without people."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click
from flask.cli import AppGroup, with_appcontext

from referral.audit.trail import Tag, record
from referral.clock import now
from referral.db import db
from referral.demo.queries import is_demo
from referral.editions.files import ALL_FORMS, made
from referral.editions.keeping import told_again
from referral.editions.models import Edition
from referral.editions.queries import latest_out
from referral.editions.shown import with_words
from referral.errors import RuleBroken
from referral.locks import reading
from referral.published.audiences import Audience
from referral.published.periods import period_of
from referral.published.tables import Told
from referral.reports.catalogue_queries import KINDS, Kind, report_told
from referral.reports.queries import report_of
from referral.reports.renderings import as_csv, as_json, as_pdf
from referral.sheets.plain import Imprint
from referral.web.moments import moment

report = AppGroup("report", help="Counts, without people.")

T = TypeVar("T")
PERIOD = "2026-Q3, 2026-09, 2026, or 2025-26."
SCOTLAND = "S92000003"
FOR_WHOM = click.Choice([one.value for one in Audience])


class NoEdition(RuleBroken):
    """No edition of this report, period and area is frozen. Two people make one under Editions."""


@report.command("outcomes")
@click.option("--period", required=True, help=PERIOD)
@click.option("--area", default=SCOTLAND, show_default=True, help="An official area code.")
@click.option("--format", "kind", type=click.Choice(["json", "csv", "pdf"]), default="json")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def outcomes(period: str, area: str, kind: str, out: Path) -> None:
    """Write the outcome report of a period and an area, each count rounded by itself.

    For your own use and for partners under an agreement; not for print: who looks twice can learn
    more than one number. What is published is an edition.
    """
    found = _asked(lambda: report_of(period, area, now()))
    _written(out, {"json": as_json, "csv": as_csv, "pdf": as_pdf}[kind](found))


@report.command("list")
def listed() -> None:
    """Name all reports, and what each answers."""
    for kind in KINDS.values():
        click.echo(f"{kind.name:12} {kind.title}\n{'':12} {kind.answers}")


@report.command("edition")
@click.argument("name")
@click.option("--period", required=True, help=PERIOD)
@click.option("--area", default=SCOTLAND, show_default=True, help="An official area code.")
@click.option("--audience", type=click.Choice(["public", "partner"]), default="public")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def edition(name: str, period: str, area: str, audience: str, out: Path) -> None:
    """Write all files of the latest frozen edition of a report into a folder."""
    found = _asked(lambda: _frozen(name, period, area, Audience(audience)))
    told = with_words(told_again(found.told), found.said)
    out.mkdir(parents=True, exist_ok=True)
    for form in ALL_FORMS:
        try:
            file = made(told, form, _imprint(found))
        except RuleBroken as broken:
            click.echo(f"{form}: {broken.sentence}", err=True)
            continue
        (out / file.name).write_bytes(file.content)
        click.echo(f"Written: {out / file.name}")
    record(Tag.REPORT_TAKEN, None, now(), record_id=found.id)
    db.session.commit()


def _command(kind: Kind) -> click.Command:
    """The command of one kind of report."""

    @click.option("--period", required=True, help=PERIOD)
    @click.option("--area", default=SCOTLAND, show_default=True, help="An official area code.")
    @click.option("--audience", type=FOR_WHOM, default="public", show_default=True)
    @click.option("--as-at", "as_at", default="", help="As it was known then: 5 Oct 2026 9:00.")
    @click.option("--format", "form", type=click.Choice([*ALL_FORMS]), default="json")
    @click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
    def written(period: str, area: str, audience: str, as_at: str, form: str, out: Path) -> None:
        known = _moment(as_at) if as_at else None
        wanted = Audience(audience)
        told, imprint = _asked(lambda: _told(kind.name, period, area, wanted, known))
        _written(out, _asked(lambda: made(told, form, imprint)).content)

    written.__doc__ = (
        f"{kind.answers} For everybody and for partners the latest frozen edition; own: the exact "
        "counts, not to be passed on."
    )
    return click.command(kind.name)(with_appcontext(written))


for _kind in KINDS.values():
    report.add_command(_command(_kind))


def _told(
    name: str, period: str, area: str, audience: Audience, as_at: datetime | None
) -> tuple[Told, Imprint]:
    if audience is Audience.OWN:
        return report_told(name, period, area, audience, now(), as_at), _imprint(None)
    found = _frozen(name, period, area, audience)
    return with_words(told_again(found.told), found.said), _imprint(found)


def _frozen(name: str, period: str, area: str, audience: Audience) -> Edition:
    found = latest_out(name, period_of(period).name, area, audience, now())
    if found is None:
        raise NoEdition
    return found


def _imprint(found: Edition | None) -> Imprint:
    if found is None:
        return Imprint(invented=is_demo())
    return Imprint(found.by.organisation.name, found.contact, found.next_on, is_demo())


def _moment(typed: str) -> datetime:
    try:
        return moment(typed, now())
    except ValueError as wrong:
        raise click.BadParameter(str(wrong)) from None


def _asked(ask: Callable[[], T]) -> T:
    """What is asked, with no lock held; a broken rule is told in its sentence."""
    try:
        with reading():
            return ask()
    except RuleBroken as broken:
        raise click.ClickException(broken.sentence) from None


def _written(out: Path, content: bytes) -> None:
    out.write_bytes(content)
    record(Tag.REPORT_TAKEN, None, now())
    db.session.commit()
    click.echo(f"Written: {out}")
