"""Commands to set up an installation: demo or reference data, accounts, access table, trail."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select

from referral.access.permissions import roles_with
from referral.accounts.credentials import actions as credentials
from referral.accounts.credentials.actions import Founder
from referral.accounts.credentials.queries import address_to
from referral.audit import trail
from referral.cli.nation import found_nation
from referral.clock import now
from referral.consent.actions import load_words
from referral.db import db
from referral.demo import organisations as demonstration
from referral.demo.published import publish
from referral.demo.queries import is_demo
from referral.demo.reaching import card_to_try
from referral.demo.story import play
from referral.directory.models import (
    Code,
    Council,
    CustodyCentre,
)
from referral.directory.reference_actions import SHIPPED, load_handed_to, load_reference
from referral.errors import RuleBroken
from referral.locks import reading
from referral.post.links.models import Link
from referral.post.messages.actions import load_words as load_message_words
from referral.web.fields import as_sent
from referral.web.filters import counted, when

PLAYED_FIRST = 400  # bookings of the first start
PLAYED = 20_000  # bookings; of more, each would take longer than the one before

demo = AppGroup("demo", help="Invented people to play with.")
reference = AppGroup("reference", help="What every installation needs.")
accounts = AppGroup("accounts", help="Accounts: who may sign in.")
access = AppGroup("access", help="Who may do what.")
audit = AppGroup("audit", help="What was done and seen.")


@demo.command("load")
@click.option(
    "--bookings", default=PLAYED_FIRST, show_default=True, type=click.IntRange(0, 2_000_000)
)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same people.")
@click.option("--password", default=demonstration.PASSWORD, help="For every demo account.")
def load(bookings: int, seed: int, password: str) -> None:
    """Fill an empty database with invented organisations, accounts, people and their bookings.

    Up to 20000 bookings are played one by one, in half a year; more of them are ten years of the
    whole nation, as large as the published figures say.
    """
    _refuse_production()
    if not demonstration.empty():
        raise click.ClickException("This database is not empty. Load the demo into an empty one.")
    if bookings > PLAYED:
        found_nation(bookings, seed, password, now())
    else:
        _play(bookings, seed, password)
    _print_accounts(password)
    db.session.commit()


@demo.command("ready")
def ready() -> None:
    """Load the demo on the first start; print its accounts on each. Real people are let alone."""
    _refuse_production()
    if demonstration.empty():
        _play(PLAYED_FIRST, 1, demonstration.PASSWORD)
    if not is_demo():
        click.echo("This database does not hold the demo, so there are no demo accounts to print.")
        return
    _print_accounts(demonstration.PASSWORD)
    db.session.commit()


def _play(bookings: int, seed: int, password: str) -> None:
    """The small demo: its half year as people would have made it, and what was published of it."""
    demonstration.load(password)
    play(bookings, seed, now())
    db.session.commit()  # what was played is counted as it is kept
    publish(now())


def _refuse_production() -> None:
    if current_app.config["PRODUCTION"]:
        raise click.ClickException(
            "This is a production installation (REFERRAL_ENV), so no invented people and no"
            " accounts with a public password are loaded. The README says how to set it up."
        )


def _print_accounts(password: str) -> None:
    click.echo("Demo accounts, one for each role (all people are invented):")
    for role, email in demonstration.accounts():
        click.echo(f"  {role:40} {email}")
    click.echo(f"  password for all: {password}")
    if card := card_to_try(now()):
        click.echo("A person's own page, without an account:")
        click.echo(f"  /me with the code {card[0]} and the birth date {card[1]}")


@reference.command("load")
def load_reference_data() -> None:
    """Areas, code lists, sample centres and consent words, into an empty database."""
    if not demonstration.empty():
        raise click.ClickException(
            "This database is not empty. Load the reference data into an empty one."
        )
    load_reference()
    load_words(SHIPPED)
    load_message_words(SHIPPED)
    to_ask = load_handed_to()
    db.session.commit()
    for what, model in (("councils", Council), ("codes", Code), ("centres", CustodyCentre)):
        number = db.session.scalar(select(func.count()).select_from(model))
        click.echo(f"{number} {what} loaded")
    asked = counted(to_ask, "service")
    click.echo(f"{asked} to ask: offered once confirmed in the directory")
    click.echo("The custody centres are samples. Check each one in the directory.")


def _address(context: click.Context, option: click.Parameter, typed: str) -> str:
    del context, option
    try:
        return as_sent(typed)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong)) from None


@accounts.command("first-administrator")
@click.argument("email", callback=_address)
@click.option("--name", required=True)
@click.option("--organisation", required=True, help="The national body that runs this.")
def first_administrator(email: str, name: str, organisation: str) -> None:
    """Invite the first administrator, and again until they joined; prints the one-time link."""
    with _told():
        _, link = credentials.first_administrator(Founder(email, name, organisation), now())
    _print_link(link)


@accounts.command("recover")
@click.argument("email")
@click.option("--app", "app_too", is_flag=True, help="Reset their authenticator app too.")
def recover(email: str, app_too: bool) -> None:
    """Let somebody back in who lost what opens their account; prints a one-time link."""
    with _told():
        link = credentials.recover(email, now(), app_too=app_too)
    _print_link(link)


def _print_link(link: Link) -> None:
    click.echo(address_to(link))
    click.echo(f"It works once, until {when(link.expires_at)} in Scotland. The trail records it.")


@contextmanager
def _told() -> Iterator[None]:
    """Committed when it went well; a rule that was broken is told in one line."""
    try:
        yield
    except RuleBroken as broken:
        raise click.ClickException(broken.sentence) from None
    db.session.commit()


@access.command("matrix")
@click.option("--json", "for_programs", is_flag=True, help="Print JSON, for programs.")
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
                "roles": sorted(roles_with(permission)) if permission else [],
            }
        )
    if for_programs:
        click.echo(json.dumps(rows, indent=1))
        return
    for row in rows:
        click.echo(f"{row['path']}: {row['permission'] or 'public'}")


@audit.command("change-key")
@click.option(
    "--lost", is_flag=True, help="The old key is lost: earlier events can no longer be checked."
)
def change_key(lost: bool) -> None:
    """Take up a new AUDIT_KEY; the one before stands in AUDIT_KEY_FALLBACKS."""
    with _told():
        trail.change_key(None, now(), lost=lost)
    click.echo("The trail uses the new AUDIT_KEY from now on.")


@audit.command("verify")
@click.option(
    "--since",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="Number of the first event to check.",
)
def verify(since: int) -> None:
    """Check the whole chain of audit events; fails at the first that was tampered with."""
    with reading():
        broken = trail.verify(since)
    if broken:
        raise click.ClickException(f"The chain is broken at event {broken}.")
    click.echo("The chain is sound.")
