"""Everything that is set from outside; the only reader of the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

DEVELOPMENT_KEY = "development-only-key-never-use-it-for-real-people"


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
    notify_key: str = ""
    notify_url: str = "https://api.notifications.service.gov.uk"
    notify_text_template: str = ""
    notify_letter_template: str = ""
    second_factor: str = ""  # required, optional, or empty: required in production
    data_keys: tuple[str, ...] = ()  # seal what lies in the database; the first one seals anew
    trusted_proxies: int = 0

    @property
    def second_factor_required(self) -> bool:
        """Whether nobody comes in with a password alone."""
        return self.second_factor == "required" or (self.production and not self.second_factor)

    def __post_init__(self) -> None:
        if self.second_factor not in {"", "required", "optional"}:
            raise UnsafeSettings("SECOND_FACTOR is either required or optional.")
        if self.production and any(len(key) < 32 for key in self.data_keys):
            raise UnsafeSettings("Each of the DATA_KEYS needs at least 32 random characters.")
        if self.production and (self.secret_key == DEVELOPMENT_KEY or len(self.secret_key) < 32):
            raise UnsafeSettings("Set SECRET_KEY to at least 32 random characters.")
        if self.production and (self.audit_key == DEVELOPMENT_KEY or len(self.audit_key) < 32):
            raise UnsafeSettings("Set AUDIT_KEY to at least 32 random characters.")
        if self.production and self.audit_key == self.secret_key:
            raise UnsafeSettings("AUDIT_KEY and SECRET_KEY must not be the same.")


def from_environment() -> Settings:
    """The settings that the environment names, with the embedded defaults for the rest."""
    default = f"sqlite:///{Path('instance/referral.db').resolve()}"
    hosts = os.environ.get("TRUSTED_HOSTS")
    return Settings(
        database_url=os.environ.get("DATABASE_URL", default).replace(
            "postgresql://", "postgresql+psycopg://", 1
        ),
        secret_key=os.environ.get("SECRET_KEY", DEVELOPMENT_KEY),
        audit_key=os.environ.get("AUDIT_KEY", DEVELOPMENT_KEY),
        production=os.environ.get("REFERRAL_ENV") == "production",
        public_url=os.environ.get("PUBLIC_URL", Settings.public_url),
        smtp_url=os.environ.get("SMTP_URL", ""),
        mail_from=os.environ.get("MAIL_FROM", Settings.mail_from),
        mailbox=os.environ.get("MAILBOX", Settings.mailbox),
        notify_key=os.environ.get("NOTIFY_API_KEY", ""),
        notify_url=os.environ.get("NOTIFY_URL", Settings.notify_url),
        notify_text_template=os.environ.get("NOTIFY_TEXT_TEMPLATE", ""),
        notify_letter_template=os.environ.get("NOTIFY_LETTER_TEMPLATE", ""),
        second_factor=os.environ.get("SECOND_FACTOR", ""),
        data_keys=tuple(key for key in os.environ.get("DATA_KEYS", "").split(",") if key),
        trusted_proxies=int(os.environ.get("TRUSTED_PROXIES", "0")),
        trusted_hosts=tuple(hosts.split(",")) if hosts else Settings.trusted_hosts,
    )
