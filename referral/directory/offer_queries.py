"""What an organisation offers, as far as it is known."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from referral.db import db
from referral.directory.models import Service


def services_of(organisation_id: UUID) -> Sequence[Service]:
    """The services of an organisation, also closed ones, by name, with their needs and areas."""
    wanted = select(Service).where(Service.organisation_id == organisation_id)
    loaded = wanted.options(selectinload(Service.needs), selectinload(Service.councils))
    return db.session.scalars(loaded.order_by(Service.name, Service.id)).all()
