"""What the product shipped is confirmed, one by one, by who has asked them."""

from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.directory.models import Organisation, Service
from referral.errors import RuleBroken, StaleEdit


class ConfirmedAlready(RuleBroken):
    """Somebody has confirmed this already. There is nothing left to do."""

    status = 409


class OrganisationFirst(RuleBroken):
    """Confirm the organisation first. Then confirm its service."""

    status = 409


class NothingToMeet(RuleBroken):
    """Ask them which needs this service meets and save it. Then confirm it."""

    status = 409


def confirm_organisation(kept: Organisation, seen: int, by: Actor, at: datetime) -> None:
    """Somebody has asked them: it is as it stands here. Raises StaleEdit, ConfirmedAlready."""
    _confirm(kept, seen, by, at)


def confirm_service(kept: Service, seen: int, by: Actor, at: datetime) -> None:
    """The same of a service, which is offered at the hand-off from then on.

    Raises StaleEdit, ConfirmedAlready, OrganisationFirst, NothingToMeet.
    """
    if not kept.organisation.confirmed:
        raise OrganisationFirst
    if not kept.needs:
        raise NothingToMeet
    _confirm(kept, seen, by, at)


def _confirm(kept: Organisation | Service, seen: int, by: Actor, at: datetime) -> None:
    if kept.confirmed:
        raise ConfirmedAlready
    if kept.version != seen:
        raise StaleEdit
    kept.confirmed = True
    kept.confirmed_by = by.name
    kept.confirmed_at = at
    record(Tag.DIRECTORY_CONFIRMED, by, at, record_id=kept.id)
