"""A service whose new address waits for its code."""

from crowd import actor
from sqlalchemy import select

from referral.access.permissions import Role
from referral.accounts.addresses.actions import ask_for
from referral.accounts.addresses.models import AddressChange
from referral.clock import now
from referral.db import db
from referral.directory.models import Service


def asked_elsewhere(name: str, staff) -> AddressChange:
    """The address of a service of the manager's that waits for its code."""
    service = Service(name=f"{name} annexe", organisation_id=staff.manager.organisation_id)
    db.session.add(service)
    db.session.flush()
    ask_for(service, f"{name.lower()}.annexe@example.org", "", actor(Role.ADMINISTRATOR), now())
    return db.session.scalars(select(AddressChange).filter_by(service_id=service.id)).one()
