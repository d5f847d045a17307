"""Where rules are broken: the two places of tests/access/world.py, at one moment."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from conftest import Browser
from crowd import actor
from flask import Flask

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.clock import now
from referral.db import db
from referral.errors import RuleBroken

M = TypeVar("M")
NOBODY = UUID("00000000-0000-4000-8000-000000000000")


@dataclass
class Scene:
    """The application, the numbers of the own records and of the foreign ones."""

    app: Flask
    places: Mapping[str, Mapping[str, str]]
    at: datetime = field(default_factory=now)

    def own(self, kind: type[M], name: str) -> M:
        """An own record by the name that world.py gives it."""
        return db.session.get_one(kind, UUID(self.places["own"][name]))

    def foreign(self, kind: type[M], name: str) -> M:
        """The same of the other place."""
        return db.session.get_one(kind, UUID(self.places["foreign"][name]))

    @property
    def officer(self) -> Actor:
        """At the desk in Govan."""
        return actor(Role.CUSTODY_OFFICER)

    @property
    def worker(self) -> Actor:
        """Of the West team."""
        return actor(Role.WORKER)

    @property
    def lead(self) -> Actor:
        """Who leads it."""
        return actor(Role.TEAM_LEAD)

    @property
    def service(self) -> Actor:
        """Of the recovery hub."""
        return actor(Role.SERVICE_WORKER)

    @property
    def admin(self) -> Actor:
        """Of the national office."""
        return actor(Role.ADMINISTRATOR)

    @property
    def analyst(self) -> Actor:
        """Of the West ADP."""
        return actor(Role.ADP_ANALYST)

    def user(self, role: Role) -> User:
        """The account of a role."""
        return db.session.get_one(User, actor(role).user_id)

    @cached_property
    def browser(self) -> Browser:
        """A browser in which nobody signed in."""
        self.app.test_client_class = Browser
        return self.app.test_client()


Act = Callable[[Scene], Any]
Breaks = list[tuple[type[RuleBroken], Act]]


def every_rule() -> Iterator[type[RuleBroken]]:
    """Each rule that the product knows."""
    found = list(RuleBroken.__subclasses__())
    for rule in found:
        found += rule.__subclasses__()
    yield from sorted(set(found), key=lambda rule: (rule.__module__, rule.__name__))
