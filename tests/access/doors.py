"""Who called, who came, and what family asked to be passed on, at a place of world.py."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.doors.actions import Coming, MessageDetails, leave_message, write_down
from referral.casework.doors.models import FamilyMessage
from referral.casework.doors.never_met_actions import close_never_met
from referral.clock import now
from referral.custody.doors import Way
from referral.db import db
from referral.people.identity import Identity


def called(name: str, by: Actor, at: datetime, way: Way = Way.CALL) -> Case:
    """Somebody gets in touch themselves, with a number that others have given before."""
    who = Identity(f"Fore{name}", f"Sur{name}", date(1985, 5, 3), phone="07700 900123")
    soon = at + timedelta(days=2)
    return write_down(Coming(way, who, talk=True, contact=True, due_at=soon), by, at)


def left(name: str, by: Actor, at: datetime) -> FamilyMessage:
    """A sister leaves word."""
    soon = at + timedelta(days=1)
    said = MessageDetails(f"Sister{name}", "0141 496 0777", f"Whom{name}", f"Word{name}", soon)
    return leave_message(said, by, at)


def at_the_doors(name: str, by: Actor) -> Iterator[tuple[str, object]]:
    """One who only rang, one whom nobody met, one who may have been before, and a message."""
    yield "case_id-called", called(f"{name}called", by, now()).id
    yield "case_id-came", called(f"{name}agreed", by, now(), Way.VISIT).id
    unmet = called(f"{name}unmet", by, now() - timedelta(days=15))
    db.session.flush()
    close_never_met([unmet.id], now())
    yield "case_id-unmet", unmet.id
    yield "left_id", left(name, by, now()).id
