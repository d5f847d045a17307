"""Type an address for a service, prove it with the code that was sent there, or keep the old."""

from datetime import datetime

from referral.access.actor import Actor
from referral.accounts.addresses.models import AddressChange
from referral.accounts.addresses.queries import digits_to, may_prove, open_change
from referral.audit.trail import Tag, record
from referral.clock import day_of
from referral.db import db
from referral.directory.actions import move_to
from referral.directory.models import Service
from referral.errors import RuleBroken
from referral.post.links.signing import same
from referral.post.messages.actions import MessageDetails, write


class NotTheSecond(RuleBroken):
    """Whoever typed the address cannot confirm it. Ask a colleague to sign in and type the code."""

    status = 403


class CodeOver(RuleBroken):
    """That code has run out or was typed wrongly too often. Save the address once more."""

    status = 409


def ask_for(service: Service, address: str, phone: str, by: Actor, at: datetime) -> None:
    """An address was typed: six digits go there, and word of it to the address until now.

    What was typed before and not proved counts no more. Nothing else is sent to it yet. `phone` is
    the number that the service had before.
    """
    if (before := open_change(service.id)) is not None:
        if before.address == address and before.takes_a_code(at):
            return
        before.ended_at = at
        db.session.flush()  # one at a time is open
    change = AddressChange(service_id=service.id, service=service, address=address)
    change.phone = phone
    change.asked_by_id = by.user_id
    change.asked_by = by.name
    change.asked_at = at
    db.session.add(change)
    db.session.flush()  # the messages and the audit name it by its number
    write(MessageDetails("address-code", address, change.id, "", None), at)
    if old := service.email_on(day_of(at)):
        write(MessageDetails("address-typed", old, change.id, "", None), at)
    record(Tag.ADDRESS_TYPED, by, at, record_id=change.id)


def forget(service: Service, by: Actor, at: datetime) -> None:
    """The address that waits for its code is not wanted after all: the one until now stays."""
    if (change := open_change(service.id)) is not None:
        change.ended_at = at
        record(Tag.ADDRESS_FORGOTTEN, by, at, record_id=change.id)


def prove(change: AddressChange, typed: str, by: Actor, at: datetime) -> bool:
    """Whether the digits are right: then the service is written to there from now on.

    By a second person who is signed in for the service, or by the team that rang it on the number
    that it had. The caller commits either way. Raises NotTheSecond, CodeOver.
    """
    if not may_prove(by, change):
        raise NotTheSecond
    if not change.takes_a_code(at):
        raise CodeOver
    if not same(typed, digits_to(change)):
        change.tries += 1
        record(Tag.ADDRESS_REFUSED, by, at, record_id=change.id)
        return False
    change.confirmed_at = change.ended_at = at
    change.confirmed_by = by.name
    record(Tag.ADDRESS_PROVED, by, at, record_id=change.id)
    move_to(change.service, change.address, by, at)
    return True
