"""Searches of the trail, by page and as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, select, union

from referral.accounts.users.models import User
from referral.accounts.users.queries import Deed, deed_of, deeds_with_names
from referral.audit.models import AuditEvent
from referral.clock import midnight
from referral.db import db
from referral.web.paging import Page, page_of_rows

PART = 2_000  # rows of an export that are read at once


@dataclass(frozen=True)
class TrailSearch:
    """The filters of a search of the trail; an empty one filters nothing."""

    record_id: UUID | None = None
    email: str = ""
    tag: str = ""
    first: date | None = None
    last: date | None = None


def deeds(found: TrailSearch, page: int) -> Page[Deed]:
    """One page of the trail, newest first; in one statement."""
    newest_first = _deeds(found).order_by(AuditEvent.seq.desc())
    some = page_of_rows(newest_first, page)
    return some.holding([deed_of(*row) for row in some])


def every_deed(found: TrailSearch, most: int = PART) -> Iterator[list[Deed]]:
    """All of the trail, newest first, in parts; what is recorded meanwhile is not in it.

    Each part is read by itself, so that a slow receiver holds no transaction open.
    """
    before = None
    newest_first = _deeds(found).order_by(AuditEvent.seq.desc())
    while True:
        rest = newest_first.where(AuditEvent.seq < before) if before else newest_first
        part = [deed_of(*row) for row in db.session.execute(rest.limit(most))]
        db.session.rollback()
        if not part:
            return
        yield part
        before = part[-1].event.seq


def _deeds(found: TrailSearch) -> Select[AuditEvent, str, str, str]:
    wanted = deeds_with_names()
    if found.record_id:
        wanted = wanted.where(AuditEvent.seq.in_(_about(found.record_id)))
    if found.email:
        who = select(User.id).filter_by(email=found.email.lower()).correlate(None)
        wanted = wanted.where(AuditEvent.actor_id == who.scalar_subquery())
    if found.tag:
        wanted = wanted.where(AuditEvent.tag == found.tag)
    if found.first:
        wanted = wanted.where(AuditEvent.at >= midnight(found.first))
    if found.last:
        wanted = wanted.where(AuditEvent.at < midnight(found.last + timedelta(days=1)))
    return wanted


def _about(record_id: UUID) -> CompoundSelect[int]:
    """The numbers of the events of a person or record: two reads of an index, not one of all."""
    events = select(AuditEvent.seq)
    of_person, of_record = AuditEvent.subject_id == record_id, AuditEvent.record_id == record_id
    return union(events.where(of_person), events.where(of_record))
