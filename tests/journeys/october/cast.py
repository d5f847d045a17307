"""Who plays in the story, at which moment, and what the post brings."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from conftest import EMAILS, Browser
from flask import Flask
from sqlalchemy import select
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.db import db
from referral.jobs.runner import Halt, Worker

PATH = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


@dataclass
class Cast:
    """The application, its clock, a way to sit somebody down at a browser, and what is known."""

    app: Flask
    patch: pytest.MonkeyPatch
    sit: Callable[[str], Any]  # a seat for who has this e-mail address, or for who has no account
    known: dict[str, str] = field(default_factory=dict)  # addresses that were come upon

    def at(self, when: str) -> datetime:
        """It is this moment on the clock in Scotland from now on."""
        now = moment(f"2026-10-{when}")
        self.patch.setattr(clock, "source", lambda: now)
        return now

    def kirsty(self):
        """The custody officer in Govan."""
        return self.sit(EMAILS[Role.CUSTODY_OFFICER])

    def alan(self):
        """The custody supervisor in Govan."""
        return self.sit(EMAILS[Role.CUSTODY_SUPERVISOR])

    def fiona(self):
        """The custody officer in Clydebank."""
        return self.sit(self.address_of("Fiona Muir"))

    def morag(self):
        """The arrest referral worker."""
        return self.sit(EMAILS[Role.WORKER])

    def ian(self):
        """Who answers for the recovery hub, with an account."""
        return self.sit(EMAILS[Role.SERVICE_WORKER])

    def anybody(self):
        """A browser in which nobody has signed in: a service with its link, or the person."""
        return self.sit("")

    def address_of(self, name: str) -> str:
        """The e-mail address with which somebody signs in."""
        with self.app.app_context():
            return db.session.scalars(select(User.email).filter_by(name=name)).one()

    def letters(self) -> list:
        """The workers work; every e-mail but the morning's digests, the newest first."""
        with self.app.app_context():
            Worker(self.app.extensions["work"], clock.now).drain(Halt())
        letters = self.app.extensions["mailbox"].letters()
        return [one for one in letters if not one.subject.startswith("Today")]

    def letter(self, says: str, to: str):
        """The newest e-mail to somebody whose subject says so."""
        return next(one for one in self.letters() if to in one.to and says in one.subject)

    def link(self, says: str, to: str) -> str:
        """Where its link leads."""
        return PATH.search(self.letter(says, to).body)[1]

    def sheet(self, path: str, **typed: str) -> str:
        """A sheet that the privacy guardian takes away."""
        self.app.test_client_class = Browser
        browser = self.app.test_client()
        browser.enter(EMAILS[Role.GUARDIAN])
        return browser.submit(path, typed).text

    def pdf(self, path: str) -> bytes:
        """A sheet that the worker prints."""
        self.app.test_client_class = Browser
        browser = self.app.test_client()
        browser.enter(EMAILS[Role.WORKER])
        return browser.get(path).data
