"""Tries that failed at a door, counted for each network address for a few minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from referral.accounts.users.models import SignInFailure
from referral.db import db
from referral.web.sealing import fingerprint

PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True)
class Gate:
    """A door that is knocked at: its name, and how many tries of one address may fail there.

    Each door counts apart: who mistypes a code is not kept from signing in.
    """

    name: str
    most: int

    def mark(self, address: str) -> str:
        """The keyed hash that is kept of a network address; only this gate knows it again."""
        return fingerprint(self.name, address)


def note_failed(gate: Gate, address: str, at: datetime) -> None:
    """One more try from there has failed; what is too old to count goes."""
    db.session.execute(delete(SignInFailure).where(SignInFailure.at < at - PATIENCE))
    db.session.add(SignInFailure(address=gate.mark(address), at=at))


def is_crowded(gate: Gate, address: str, at: datetime) -> bool:
    """Whether so many tries from there failed of late that even the right answer is refused."""
    recent = select(func.count()).where(
        SignInFailure.address == gate.mark(address), SignInFailure.at >= at - PATIENCE
    )
    return (db.session.scalar(recent) or 0) >= gate.most
