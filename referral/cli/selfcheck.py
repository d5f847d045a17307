"""Is this installation fit for real people? Each setting and fact that is not, by its name."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.clock import now
from referral.consent.queries import recordable
from referral.db import db
from referral.demo.queries import is_demo
from referral.directory.models import CustodyCentre
from referral.jobs.queries import in_trouble, worked_lately
from referral.post.messages.posts import half_set
from referral.settings import Settings, addresses_at_fault, examples_left, keys_at_fault
from referral.web.readiness import is_migrated

CLOCKS_APART = timedelta(seconds=30)  # authenticator codes are good for as long


@dataclass(frozen=True)
class Finding:
    """One thing that was checked; `wrong` is empty when it is fine, else says what to do."""

    name: str
    wrong: str


@click.command("selfcheck")
@click.option("--json", "for_programs", is_flag=True, help="Print JSON, for programs.")
@with_appcontext
def selfcheck(for_programs: bool) -> None:
    """Name every setting that is unsafe or missing; fails when one is."""
    settings: Settings = current_app.extensions["settings"]
    found = [*of_settings(settings), *_of_database()]
    wrong = [one for one in found if one.wrong]
    if for_programs:
        click.echo(json.dumps([asdict(one) | {"ok": not one.wrong} for one in found], indent=1))
    else:
        for one in wrong:
            click.echo(f"{one.name}: {one.wrong}")
        click.echo(f"{len(found)} checked, {len(wrong)} to fix")
    if wrong:
        raise SystemExit(1)


def of_settings(settings: Settings) -> Iterator[Finding]:
    """One finding for each setting that matters, from the environment."""
    host = urlsplit(settings.public_url).hostname or ""
    for name, wrong, what in (
        ("REFERRAL_ENV", not settings.production, "Set it to production."),
        ("DATA_KEYS", not settings.data_keys, "Set one, of at least 32 random characters."),
        ("SECOND_FACTOR", not settings.second_factor_required, "Set it to required."),
        ("SMTP_URL", not settings.smtp_url, "Set a mail server, or no service hears of anybody."),
        ("TRUSTED_HOSTS", not _answers(settings, host), f"Add {host}, the host of PUBLIC_URL."),
        (
            "TRUSTED_PROXIES",
            not settings.trusted_proxies,
            "Set it to the number of proxies in front.",
        ),
    ):
        yield Finding(name, what if wrong else "")
    for name, lacking in half_set(settings):
        yield Finding(name, f"Set {' and '.join(lacking)} too." if lacking else "")
    yield Finding("keys", " ".join(keys_at_fault(settings)))
    yield Finding("addresses", " ".join(addresses_at_fault(settings)))
    yield Finding("examples", " ".join(examples_left(settings)))


def _answers(settings: Settings, host: str) -> bool:
    ends = [name for name in settings.trusted_hosts if name.startswith(".")]
    return host in settings.trusted_hosts or any(f".{host}".endswith(end) for end in ends)


def _of_database() -> Iterator[Finding]:
    """One finding for each fact in the database; where it cannot answer, that is the finding."""
    for name, look in FACTS.items():
        try:
            yield Finding(name, look())
        except SQLAlchemyError as error:
            db.session.rollback()
            yield Finding(name, f"The database could not answer this: {type(error).__name__}.")


def _migrations() -> str:
    return "" if is_migrated() else "Run: flask --app wsgi db upgrade"


def _clock() -> str:
    if db.engine.dialect.name == "sqlite":
        return ""  # it has no clock but ours
    apart = abs(db.session.scalars(select(func.clock_timestamp())).one() - now())
    said = f"{apart.total_seconds():.0f} s apart from the database server. Set both clocks by NTP."
    return said if apart > CLOCKS_APART else ""


def _worker() -> str:
    lately = worked_lately(current_app.extensions["work"].rhythms, now())
    return "" if lately else "No worker has run lately. Run: flask --app wsgi worker"


def _work() -> str:
    number = in_trouble()
    said = f"{number} pieces of work fail, such as an email: see SMTP_URL and the page /jobs."
    return said if number else ""


def _demo() -> str:
    return "This database holds invented people. Start with an empty one." if is_demo() else ""


def _administrators() -> str:
    mine = select(func.count()).where(
        User.role == Role.ADMINISTRATOR, User.state == UserState.ACTIVE
    )
    return (
        ""
        if db.session.scalar(mine)
        else "There is none who can sign in. Invite one and let them join."
    )


def _centres() -> str:
    samples = CustodyCentre.sample.is_(True), CustodyCentre.closed_on.is_(None)
    number = db.session.scalar(select(func.count()).where(*samples))
    said = f"{number} are samples. Look at each in the directory, and untick “sample” or close it."
    return said if number else ""


def _recordings() -> str:
    settings: Settings = current_app.extensions["settings"]
    if not settings.recordings:
        return ""
    folder = Path(settings.recordings)
    if not folder.is_dir():
        return f"There is no folder {folder}: set RECORDINGS anew."
    played = {one.within(folder) for one in recordable(now())}
    stray = sorted(one for one in folder.rglob("*") if one.is_file() and one not in played)
    names = ", ".join(one.relative_to(folder).as_posix() for one in stray)
    return (
        f"These are of no words that are shown now, and are not played: {names}." if stray else ""
    )


FACTS: dict[str, Callable[[], str]] = {
    "migrations": _migrations,
    "clock": _clock,
    "workers": _worker,
    "work": _work,
    "demo": _demo,
    "administrators": _administrators,
    "custody centres": _centres,
    "recordings": _recordings,
}
