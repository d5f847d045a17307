"""The services from which somebody at the desk chooses the one that they already want."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from referral.clock import day_of
from referral.db import db
from referral.desk.sharing import Choice
from referral.directory.models import Service
from referral.directory.queries import services
from referral.handoff.referrals.matching import Fit, Wanted, fitting
from referral.handoff.referrals.queries import open_referrals, rooms
from referral.people.ages import age_on
from referral.people.identity import Identity


def wanted_of(identity: Identity, home: str | None, at: datetime) -> Wanted:
    """What a service must fit to take them, for whatever need; `home` is where they are held."""
    age = age_on(identity.date_of_birth, identity.born_about, day_of(at))
    council = identity.council_code or home
    return Wanted((), council, age.years if age else None, identity.sex)


def choices_for(wanted: Wanted, has: Collection[UUID], at: datetime) -> list[Choice]:
    """The services that take them and do not have them yet, those with room first."""
    able = [fit.service for fit in fitting(services(day_of(at)), wanted, at)]
    found = fitting(able, wanted, at, rooms(able, at))
    return [choice_of(fit) for fit in found if fit.service.id not in has]


def choice_of(fit: Fit) -> Choice:
    """The same service with every need that it is there for."""
    return Choice(replace(fit, met=tuple(row.need for row in fit.service.needs)))


def one_choice(service_id: UUID) -> Choice | None:
    """A service that was chosen, whether or not it takes them; None for no service."""
    service = db.session.get(Service, service_id)
    return choice_of(Fit(service, (), stale=False)) if service else None


def with_whom(person_id: UUID | None) -> Sequence[UUID]:
    """The services that have somebody already; none of somebody new."""
    return [one.service_id for one in open_referrals(person_id)] if person_id else ()
