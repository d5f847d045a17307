"""How an e-mail leaves: to a mail server, or by default into a folder on this machine.

Whoever sends takes an envelope with a key that stays the same at each try: it becomes the
Message-ID, by which a receiver knows a repetition.
"""

import os
import re
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from secrets import token_hex
from ssl import create_default_context
from typing import Protocol
from urllib.parse import unquote, urlsplit

from referral.jobs.kinds import Undeliverable
from referral.post.messages.channels import Channel

PATIENCE = 20  # seconds for each answer of a mail server
NO_SUCH_MAILBOX = frozenset({550, 551, 553})


class NoMailServer(Undeliverable):
    """Nobody said where e-mails go."""


@dataclass(frozen=True)
class Envelope:
    """One message on its way."""

    key: str
    to: str
    subject: str
    body: str
    at: datetime


class Post(Protocol):
    """Whoever takes messages of one channel and brings them to people."""

    def send(self, envelope: Envelope) -> None:
        """Hand it over. Raises Undeliverable when no other try can help, else any error."""


@dataclass(frozen=True)
class Letter:
    """A message in the folder, as it is listed."""

    id: str
    to: str
    subject: str
    body: str
    at: str
    channel: Channel = Channel.EMAIL

    @property
    def links(self) -> list[str]:
        """The addresses in it."""
        return re.findall(r"https?://\S+", self.body)


def as_email(envelope: Envelope, sender: str) -> EmailMessage:
    """The message in the form of mail servers."""
    email = EmailMessage()
    email["From"] = sender
    email["To"] = envelope.to
    email["Subject"] = envelope.subject
    email["Date"] = format_datetime(envelope.at)
    email["Message-ID"] = f"<{envelope.key}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(envelope.body)
    return email


@dataclass(frozen=True)
class MailboxFolder:
    """A maildir on this machine: nothing leaves it, and any mail program can read it.

    Texts and letters lie in it too where nobody brings them to people, each marked as what it is.
    """

    # Python's own mailbox.Maildir names each file itself, by the time and a counter: a second try
    # would lie beside the first. Here the name is the key.

    path: Path
    sender: str
    channel: Channel = Channel.EMAIL

    def send(self, envelope: Envelope) -> None:
        """Put it in under its key, so that a second try finds the first one there."""
        for part in ("tmp", "new", "cur"):
            (self.path / part).mkdir(parents=True, exist_ok=True)
        if any((self.path / "cur").glob(f"{envelope.key}:*")):
            return  # somebody has read the first one already
        draft = self.path / "tmp" / f"{envelope.key}.{token_hex(4)}"
        with draft.open("wb") as file:
            file.write(self._paper(envelope).as_bytes())
            file.flush()
            os.fsync(file)  # whoever hears that it was sent may forget it
        draft.replace(self.path / "new" / envelope.key)

    def _paper(self, envelope: Envelope) -> EmailMessage:
        if self.channel is Channel.EMAIL:
            return as_email(envelope, self.sender)
        email = as_email(replace(envelope, to=self.sender), self.sender)  # a number is no address
        email["X-Channel"] = self.channel.value
        email["X-To"] = ", ".join(envelope.to.splitlines())
        return email

    def letters(self) -> list[Letter]:
        """The messages in the folder, newest first."""
        return [letter_in(file) for file in self.files()]

    def files(self) -> list[Path]:
        """The file of each letter in it, newest first."""
        if not self.path.is_dir():
            return []
        files = [f for part in ("new", "cur") for f in (self.path / part).glob("*")]
        files.sort(key=lambda f: (f.stat().st_mtime_ns, f.name), reverse=True)
        return files


def letter_in(file: Path) -> Letter:
    """The letter that a file of the folder holds."""
    email = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = email.get_body(("plain",))
    text = body.get_content() if body else ""
    number, _, _ = file.name.partition(":")
    to = str(email["X-To"] or email["To"])
    channel = Channel(email["X-Channel"] or "email")
    return Letter(number, to, str(email["Subject"]), text, str(email["Date"]), channel)


@dataclass(frozen=True)
class MailServer:
    """A server that speaks SMTP: smtps:// is encrypted from the start, smtp:// if it offers it."""

    url: str
    sender: str

    def send(self, envelope: Envelope) -> None:
        """Hand it to the server, which from then on answers for it."""
        parts = urlsplit(self.url)
        with self._connected(parts.scheme, parts.hostname or "", parts.port or 0) as server:
            server.ehlo()
            if parts.scheme == "smtp" and (server.has_extn("starttls") or parts.username):
                server.starttls(context=create_default_context())  # no password goes unencrypted
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            try:
                server.send_message(as_email(envelope, self.sender))
            except smtplib.SMTPRecipientsRefused as refused:
                _check_forever(refused.recipients)
                raise

    def _connected(self, scheme: str, host: str, port: int) -> smtplib.SMTP:
        if scheme == "smtps":
            secure = create_default_context()
            return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=secure)
        return smtplib.SMTP(host, port, timeout=PATIENCE)


def _check_forever(recipients: Mapping[str, tuple[int, bytes]]) -> None:
    if all(code in NO_SUCH_MAILBOX for code, _ in recipients.values()):
        raise Undeliverable from None


@dataclass(frozen=True)
class NoPost:
    """Where nobody said how messages go: each becomes visible as not delivered."""

    def send(self, envelope: Envelope) -> None:
        """Refuse it. Raises NoMailServer."""
        del envelope
        raise NoMailServer
