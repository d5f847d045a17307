"""Of the house: an address that waits for its code, work that failed, figures, editions."""

from collections.abc import Iterator

from crowd import actor
from editions.shelf import Shelf, on_a_shelf
from official.figures import figure, kept
from sqlalchemy import select

from referral.access.permissions import OrganisationKind, Permission, Role
from referral.accounts.addresses.actions import ask_for
from referral.accounts.addresses.models import AddressChange
from referral.clock import now
from referral.db import db
from referral.directory.models import Organisation, Service, ServiceNeed
from referral.jobs.actions import enqueue
from referral.jobs.kinds import Owner
from referral.jobs.models import Job
from referral.jobs.states import JobState
from referral.official.actions import enter
from referral.published.audiences import Audience


def asked_elsewhere(name: str, staff) -> AddressChange:
    """The address of a service of the manager's that waits for its code."""
    service = Service(name=f"{name} annexe", organisation_id=staff.manager.organisation_id)
    db.session.add(service)
    db.session.flush()
    ask_for(service, f"{name.lower()}.annexe@example.org", "", actor(Role.ADMINISTRATOR), now())
    return db.session.scalars(select(AddressChange).filter_by(service_id=service.id)).one()


def shipped(name: str) -> Iterator[tuple[str, object]]:
    """An organisation that the product knows and nobody has asked, and a service of another."""
    asked = Organisation(name=f"{name} asked", kind=OrganisationKind.PROVIDER)
    unknown = Organisation(name=f"{name} shipped", kind=OrganisationKind.PROVIDER, confirmed=False)
    service = Service(name=f"{name} shipped", organisation=asked, confirmed=False)
    service.needs = [ServiceNeed(need="GAMB")]
    db.session.add_all([unknown, service])
    db.session.flush()
    yield "number-shipped", unknown.id
    yield "number-shipped-service", service.id


def published(name: str) -> Iterator[tuple[str, object]]:
    """Invented: a figure of custody throughput, a file of who refers, editions in their states."""
    by = actor(Role.ADMINISTRATOR)
    yield "figure_id", enter(figure("2023-24", 100, f"{name} bulletin"), by, now()).id
    yield "file_id", kept(f"{name}.csv", by, now()).id
    yield from on_a_shelf(Shelf(now(), Audience.PUBLIC if name == "Own" else Audience.PARTNER))


def failed_job(name: str, staff, at) -> Job:
    """A message of the team that could not be delivered."""
    owner = Owner(staff.worker.organisation_id, Permission.WORK_CASES)
    enqueue("message", f"failed:{name}", at, owner=owner, title="R-LOST")
    job = db.session.scalars(select(Job).filter_by(key=f"failed:{name}")).one()
    job.state, job.ended_at = JobState.FAILED, at
    return job
