"""Commands: thin, each calls one thing and commits."""

import json
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import AppGroup

from referral.access.permissions import ROLES
from referral.audit import trail
from referral.clock import now
from referral.db import db
from referral.demo import organisations as demonstration
from referral.demo.story import play
from referral.handoff.queries import check as check_referrals

demo = AppGroup("demo", help="Invented people to play with.")
access = AppGroup("access", help="Who may do what.")
referrals = AppGroup("referrals", help="That none goes silent.")
audit = AppGroup("audit", help="What was done and seen.")


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


@demo.command("ready")
def ready() -> None:
    """Load the demo on the first start; print its accounts on each."""
    if demonstration.empty():
        demonstration.load(demonstration.PASSWORD)
        play(400, 1, now())
        db.session.commit()
    _print_accounts(demonstration.PASSWORD)


@access.command("matrix")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def matrix(as_json: bool) -> None:
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
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    for row in rows:
        click.echo(f"{row['path']}: {row['permission'] or 'public'}")


@referrals.command("check")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def check(as_json: bool) -> None:
    """Count the open referrals and those that could fall silent; fails when one could."""
    found = check_referrals(now())
    for name, number in asdict(found).items() if not as_json else ():
        click.echo(f"{name.replace('_', ' ')}: {number}")
    if as_json:
        click.echo(json.dumps(asdict(found)))
    if not found.sound:
        raise SystemExit(1)


@audit.command("verify")
def verify() -> None:
    """Check the whole chain of audit events; fails at the first that was tampered with."""
    if broken := trail.verify():
        raise click.ClickException(f"The chain is broken at event {broken}.")
    click.echo("The chain is sound.")


def _print_accounts(password: str) -> None:
    click.echo("Demo accounts, one for each role (all people are invented):")
    for role, email in demonstration.accounts():
        click.echo(f"  {role:40} {email}")
    click.echo(f"  password for all: {password}")
