"""Commands: thin, each calls one thing and commits."""

import gzip
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from referral.access.permissions import ROLES, Role
from referral.accounts.actions import UserDetails, invite
from referral.accounts.queries import has_users
from referral.audit import trail
from referral.audit.trail import Tag, record
from referral.clock import now
from referral.consent.actions import load_words
from referral.db import db
from referral.demo import organisations as demonstration
from referral.demo.story import play
from referral.directory.models import Organisation, OrganisationKind
from referral.directory.reference import SHIPPED, load_reference
from referral.errors import RuleBroken
from referral.escalation.actions import escalate_due
from referral.escalation.queries import check as check_referrals
from referral.people.loading import known_references
from referral.people.loading import load as load_register
from referral.people.queries import candidates, identity_asked
from referral.people.register import COLUMNS, NotTheRegister, Unreadable, entries, only_people
from referral.reports.queries import report_of
from referral.reports.renderings import as_csv, as_json, as_pdf

demo = AppGroup("demo", help="Invented people to play with.")
access = AppGroup("access", help="Who may do what.")
report = AppGroup("report", help="Counts, without people.")
referrals = AppGroup("referrals", help="That none goes silent.")
reference = AppGroup("reference", help="What every installation needs.")
accounts = AppGroup("accounts", help="Who may sign in.")
audit = AppGroup("audit", help="What was done and seen.")
people = AppGroup("people", help="Who has been here before.")


@demo.command("load")
@click.option("--bookings", default=400, show_default=True, type=click.IntRange(0, 200_000))
@click.option("--seed", default=1, show_default=True)
@click.option("--password", default=demonstration.PASSWORD, help="For every demo account.")
def load(bookings: int, seed: int, password: str) -> None:
    """Fill an empty database with invented organisations, accounts, people and their bookings."""
    if not demonstration.empty():
        raise click.ClickException("This database holds other data, so no demo is loaded into it.")
    demonstration.load(password)
    play(bookings, seed, now())
    db.session.commit()
    _print_accounts(password)


@reference.command("load")
def load_reference_data() -> None:
    """Areas, code lists, sample centres and consent words, into an empty database."""
    if not demonstration.empty():
        raise click.ClickException("This database holds data already.")
    load_reference()
    load_words(SHIPPED)
    db.session.commit()


@accounts.command("first-administrator")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--organisation", required=True, help="The national body that runs this.")
def first_administrator(email: str, name: str, organisation: str) -> None:
    """Invite the first administrator; prints the path of the one-time link."""
    if has_users():
        raise click.ClickException("There are accounts already: an administrator invites.")
    body = Organisation(name=organisation, kind=OrganisationKind.NATIONAL.value)
    db.session.add(body)
    db.session.flush()  # the account points at it
    details = UserDetails(name, Role.ADMINISTRATOR, body.id)
    _, text = invite(email, details, None, now())
    db.session.commit()
    click.echo(f"/join/{text}")


@demo.command("ready")
def ready() -> None:
    """Load the demo on the first start; print its accounts on each."""
    if demonstration.empty():
        demonstration.load(demonstration.PASSWORD)
        play(400, 1, now())
        db.session.commit()
    _print_accounts(demonstration.PASSWORD)


@access.command("matrix")
@click.option("--json", "for_programs", is_flag=True, help="For programs.")
def matrix(for_programs: bool) -> None:
    """Every endpoint, its methods, its permission and the roles that hold it."""
    rows = []
    for rule in sorted(
        current_app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)
    ):
        permission = getattr(current_app.view_functions[rule.endpoint], "permission", None)
        rows.append(
            {
                "endpoint": rule.endpoint,
                "path": rule.rule,
                "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
                "permission": permission.value if permission else None,
                "roles": sorted(role for role, may in ROLES.items() if permission in may),
            }
        )
    if for_programs:
        click.echo(json.dumps(rows, indent=1))
        return
    for row in rows:
        click.echo(f"{row['path']}: {row['permission'] or 'public'}")


@report.command("outcomes")
@click.option("--period", required=True, help="2026-Q3, 2026-09, 2026, or 2025-26.")
@click.option("--area", default="S92000003", show_default=True, help="An official area code.")
@click.option("--format", "kind", type=click.Choice(["json", "csv", "pdf"]), default="json")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def outcomes(period: str, area: str, kind: str, out: Path) -> None:
    """Write the outcome report of a period and an area: protected, as for everybody outside."""
    try:
        made = report_of(period, area, now())
    except RuleBroken as broken:
        raise click.ClickException(broken.sentence) from None
    out.write_bytes({"json": as_json, "csv": as_csv, "pdf": as_pdf}[kind](made))
    record(Tag.REPORT_TAKEN, None, now())
    db.session.commit()


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


@people.command("load")
@click.argument("register", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_people(register: Path) -> None:
    """Add the people of another register's file; what cannot be read is reported by line."""
    left_out: list[Unreadable] = []
    with _progress(register) as lines:
        read = entries(lines, known_references())
        try:
            loaded = load_register(only_people(read, left_out))
        except NotTheRegister:
            raise click.ClickException(f"Its first line must be: {' '.join(COLUMNS)}") from None
    record(Tag.REGISTER_LOADED, None, now())
    db.session.commit()
    for line in left_out:
        click.echo(f"line {line.line} is left out: {line.why}", err=True)
    click.echo(f"{loaded} people loaded, {len(left_out)} lines left out")


@people.command("recognise")
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def recognise(questions: Path, out: Path) -> None:
    """Answer each line of a file of questions: who may this be, why, and in how many ms."""
    with _progress(questions) as lines, out.open("w", encoding="utf-8") as answers:
        for line in lines:
            answers.write(json.dumps(_answer(json.loads(line))) + "\n")
            db.session.rollback()  # each question as the desk asks it, in a transaction of its own
    record(Tag.REGISTER_ASKED, None, now())
    db.session.commit()


@audit.command("verify")
def verify() -> None:
    """Check the whole chain of audit events; fails at the first that was tampered with."""
    if broken := trail.verify():
        raise click.ClickException(f"The chain is broken at event {broken}.")
    click.echo("The chain is sound.")


@contextmanager
def _progress(path: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file, packed or not, with a bar of how far we are in it."""
    size = path.stat().st_size
    with (
        path.open("rb") as raw,
        gzip.open(raw) if path.suffix == ".gz" else raw as lines,
        click.progressbar(length=size, label=path.name, file=sys.stderr) as bar,
    ):

        def each() -> Iterator[bytes]:
            for number, line in enumerate(lines):
                yield line
                if number % 1000 == 0:
                    bar.update(raw.tell() - bar.pos)
            bar.update(size - bar.pos)

        yield each()


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    begun = perf_counter()
    found = candidates(identity_asked(question["q"]))
    ms = (perf_counter() - begun) * 1000
    return {
        "qid": question["qid"],
        "confident": bool(found) and found[0].confident,
        "candidates": [
            {"ref": one.person.reference, "score": round(one.score, 2), "why": one.why}
            for one in found
        ],
        "ms": round(ms, 3),
    }


def _print_accounts(password: str) -> None:
    click.echo("Demo accounts, one for each role (all people are invented):")
    for role, email in demonstration.accounts():
        click.echo(f"  {role:40} {email}")
    click.echo(f"  password for all: {password}")


GROUPS = (demo, reference, accounts, access, audit, people, referrals, report)
