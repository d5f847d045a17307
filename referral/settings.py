"""Everything that is set from outside; the only reader of the environment."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

KEY_LISTS = ("DATA_KEYS", "LINK_KEYS", "SECRET_KEY_FALLBACKS", "AUDIT_KEY_FALLBACKS")
DEVELOPMENT_KEY = "development-only-key-never-use-it-for-real-people"
SHORTEST = 32  # characters of a key
SECOND_FACTOR = "Set SECOND_FACTOR to required or optional."


class UnsafeSettings(RuntimeError):
    """The settings would put real people at risk; the application refuses to start."""


@dataclass(frozen=True)
class Settings:
    """How this installation runs. Times are in minutes."""

    database_url: str
    secret_key: str = DEVELOPMENT_KEY
    production: bool = False
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    audit_key: str = DEVELOPMENT_KEY
    idle_minutes: int = 30
    desk_idle_minutes: int = 10
    session_minutes: int = 12 * 60
    public_url: str = "http://127.0.0.1:8000"
    smtp_url: str = ""
    mail_from: str = "no-reply@example.org"
    mailbox: str = "instance/mailbox"
    recordings: str = ""  # the folder of the words as they were read out; none is shipped
    notify_api_key: str = ""
    notify_url: str = "https://api.notifications.service.gov.uk"
    notify_text_template: str = ""
    notify_letter_template: str = ""
    second_factor: str = ""  # required, optional, or empty: required in production
    data_keys: tuple[str, ...] = ()  # seal what lies in the database; the first one seals anew
    link_keys: tuple[str, ...] = ()  # sign links and make card codes; the first one signs anew
    secret_key_fallbacks: tuple[str, ...] = ()  # what SECRET_KEY was before, newest first
    audit_key_fallbacks: tuple[str, ...] = ()  # the same of AUDIT_KEY
    trusted_proxies: int = 0

    @property
    def second_factor_required(self) -> bool:
        """Whether nobody comes in with a password alone."""
        return self.second_factor == "required" or (self.production and not self.second_factor)

    def __post_init__(self) -> None:
        faults = [] if self.second_factor in {"", "required", "optional"} else [SECOND_FACTOR]
        if self.production:
            faults += [*keys_at_fault(self), *addresses_at_fault(self)]
        if faults:
            raise UnsafeSettings(" ".join(faults))


def keys_at_fault(settings: Settings) -> Iterator[str]:
    """A sentence for each fault of the keys that says what to do."""
    for name, key in (("SECRET_KEY", settings.secret_key), ("AUDIT_KEY", settings.audit_key)):
        if key == DEVELOPMENT_KEY or len(key) < SHORTEST:
            yield f"Set {name} to at least {SHORTEST} random characters."
    if settings.audit_key == settings.secret_key != DEVELOPMENT_KEY:
        yield "Make AUDIT_KEY different from SECRET_KEY."
    for name in KEY_LISTS:
        keys: tuple[str, ...] = getattr(settings, name.lower())
        if any(len(key) < SHORTEST or key == DEVELOPMENT_KEY for key in keys):
            yield f"Give each of the {name} at least {SHORTEST} random characters."


def addresses_at_fault(settings: Settings) -> Iterator[str]:
    """Addresses that nobody outside could reach; they stand in every e-mail."""
    world = urlsplit(settings.public_url)
    if world.scheme != "https" or world.hostname in {None, "127.0.0.1", "localhost", "::1"}:
        yield "Set PUBLIC_URL to the https address that people use."
    if re.search(r"(^|[@.])example\.(org|com|net)$", settings.mail_from):
        yield "Set MAIL_FROM to an address of your own."


def examples_left(settings: Settings) -> Iterator[str]:
    """A sentence for each setting that still names a host as the example file has it."""
    hosts: dict[str, tuple[str | None, ...]] = {
        "PUBLIC_URL": (urlsplit(settings.public_url).hostname,),
        "TRUSTED_HOSTS": settings.trusted_hosts,
        "SMTP_URL": (urlsplit(settings.smtp_url).hostname,),
        "MAIL_FROM": (settings.mail_from.rpartition("@")[2].rstrip("> "),),
    }
    for name, named in hosts.items():
        for host in named:
            if host and re.search(r"(^|\.)example(\.[a-z]+)?$", host.lower()):
                yield f"Set {name} to your own: {host} is an example."


def _database() -> str:
    default = f"sqlite:///{Path('instance/referral.db').resolve()}"
    typed = os.environ.get("DATABASE_URL", default)
    return typed.replace("postgresql://", "postgresql+psycopg://", 1)


def _list(name: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in os.environ.get(name, "").split(",") if one.strip())


def _minutes(name: str, default: int) -> int:
    typed = os.environ.get(name) or str(default)
    if not (typed.isascii() and typed.isdigit() and int(typed)):
        raise UnsafeSettings(f"{name} is a number of minutes, such as {default}.")
    return int(typed)


def from_environment() -> Settings:
    """The settings that the environment names, with the embedded defaults for the rest.

    Raises UnsafeSettings.
    """
    return Settings(
        database_url=_database(),
        secret_key=os.environ.get("SECRET_KEY", DEVELOPMENT_KEY),
        audit_key=os.environ.get("AUDIT_KEY", DEVELOPMENT_KEY),
        production=_is_production(),
        public_url=os.environ.get("PUBLIC_URL", Settings.public_url),
        smtp_url=os.environ.get("SMTP_URL", ""),
        mail_from=os.environ.get("MAIL_FROM", Settings.mail_from),
        mailbox=os.environ.get("MAILBOX", Settings.mailbox),
        recordings=os.environ.get("RECORDINGS", ""),
        notify_api_key=os.environ.get("NOTIFY_API_KEY", ""),
        notify_url=os.environ.get("NOTIFY_URL", Settings.notify_url),
        notify_text_template=os.environ.get("NOTIFY_TEXT_TEMPLATE", ""),
        notify_letter_template=os.environ.get("NOTIFY_LETTER_TEMPLATE", ""),
        second_factor=os.environ.get("SECOND_FACTOR", ""),
        data_keys=_list("DATA_KEYS"),
        link_keys=_list("LINK_KEYS"),
        secret_key_fallbacks=_list("SECRET_KEY_FALLBACKS"),
        audit_key_fallbacks=_list("AUDIT_KEY_FALLBACKS"),
        trusted_proxies=_proxies(),
        idle_minutes=_minutes("IDLE_MINUTES", Settings.idle_minutes),
        desk_idle_minutes=_minutes("DESK_IDLE_MINUTES", Settings.desk_idle_minutes),
        session_minutes=_minutes("SESSION_MINUTES", Settings.session_minutes),
        trusted_hosts=_list("TRUSTED_HOSTS") or Settings.trusted_hosts,
    )


def _is_production() -> bool:
    """A misspelt word must never mean development."""
    kind = os.environ.get("REFERRAL_ENV", "")
    if kind not in {"", "development", "production"}:
        raise UnsafeSettings("Set REFERRAL_ENV to development or production.")
    return kind == "production"


def _proxies() -> int:
    typed = os.environ.get("TRUSTED_PROXIES", "0")
    if not (typed.isascii() and typed.isdigit()):
        raise UnsafeSettings("Set TRUSTED_PROXIES to the number of proxies in front, such as 1.")
    return int(typed)
