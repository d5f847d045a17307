"""Counts, without people."""

from pathlib import Path

import click
from flask.cli import AppGroup

from referral.audit.trail import Tag, record
from referral.clock import now
from referral.db import db
from referral.errors import RuleBroken
from referral.locks import reading
from referral.reports.queries import report_of
from referral.reports.renderings import as_csv, as_json, as_pdf

report = AppGroup("report", help="Counts, without people.")


@report.command("outcomes")
@click.option("--period", required=True, help="2026-Q3, 2026-09, 2026, or 2025-26.")
@click.option("--area", default="S92000003", show_default=True, help="An official area code.")
@click.option("--format", "kind", type=click.Choice(["json", "csv", "pdf"]), default="json")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def outcomes(period: str, area: str, kind: str, out: Path) -> None:
    """Write the outcome report of a period and an area: protected, as for everybody outside."""
    try:
        with reading():
            made = report_of(period, area, now())
    except RuleBroken as broken:
        raise click.ClickException(broken.sentence) from None
    out.write_bytes({"json": as_json, "csv": as_csv, "pdf": as_pdf}[kind](made))
    record(Tag.REPORT_TAKEN, None, now())
    db.session.commit()
    click.echo(f"Written: {out}")
