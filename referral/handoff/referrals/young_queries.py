"""Which services take somebody of an age, as they say of themselves."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.clock import day_of
from referral.db import db
from referral.directory.models import Service
from referral.directory.queries import services
from referral.handoff.referrals.matching import Fit, Wanted, fitting
from referral.handoff.referrals.refusals import AWorkerDecides, NotForTheirAge
from referral.people.models import Person


def wanted_for(person: Person, needs: Collection[str], on: date) -> Wanted:
    """What a service must fit to take the person for these needs, by code."""
    young = person.young_on(on)
    return Wanted(needs, person.council_code, person.age_on(on), person.sex, young)


def for_their_age(person: Person, at: datetime) -> Sequence[Fit]:
    """The services that say that they take people as young as this one; none for an adult."""
    wanted = wanted_for(person, (), day_of(at))
    found = fitting(services(day_of(at)), wanted, at) if wanted.young else []
    return [fit for fit in found if fit.service.minimum_age is not None]


def check_age(person: Person, chosen: Collection[UUID], by: Actor, at: datetime) -> None:
    """Who is young is handed on by a worker, and under 16 to services that say they take them.

    Raises AWorkerDecides, NotForTheirAge.
    """
    wanted = wanted_for(person, (), day_of(at))
    if wanted.young is None:
        return
    if not by.may(Permission.WORK_CASES):
        raise AWorkerDecides
    asked = [db.session.get_one(Service, number) for number in chosen]
    if len(fitting(asked, wanted, at)) < len(asked):
        raise NotForTheirAge
