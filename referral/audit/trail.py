"""Record acts and looks in the same transaction as the act, and verify the chain later.

The kinds of operation follow section 62 of the Data Protection Act 2018: collection, alteration,
consultation, disclosure, combination, erasure.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import current_app, g, has_request_context
from sqlalchemy import Row, event, select
from sqlalchemy.orm import Session

from referral.access.actor import Actor
from referral.audit.chain import Chain, digest_of
from referral.audit.models import AuditEvent, AuditHead
from referral.audit.tags import Tag as Tag
from referral.db import db
from referral.errors import RuleBroken
from referral.locks import is_reading

PENDING = "pending_audit"
FIRST = "0" * 64


class KeyNotTakenUp(RuntimeError):
    """AUDIT_KEY is not the one of the last event: run `flask --app wsgi audit change-key` first.

    Nothing is written until then: what a key signs that nobody announced may be a forgery.
    """


class KeyInUse(RuleBroken):
    """The trail uses this AUDIT_KEY already. There is nothing to change."""


class KeyBeforeMissing(RuleBroken):
    """The key of the last event is missing. Add it to AUDIT_KEY_FALLBACKS."""


def record(
    tag: Tag,
    by: Actor | None,
    at: datetime,
    *,
    subject_id: UUID | None = None,
    record_id: UUID | None = None,
    recipient_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Note an event; it joins the chain as the last thing before the commit.

    An event noted while reading joins it in a transaction of its own, before the answer leaves. A
    disclosure names the organisation that receives; a look that needs a reason gives its code.
    """
    if has_request_context():  # the next page says what was done
        g.setdefault("noted", []).append((tag.value, str(subject_id) if subject_id else ""))
    db.session.info.setdefault(PENDING, []).append(
        AuditEvent(
            at=at.astimezone(UTC),
            tag=tag.value,
            actor_id=by.user_id if by else None,
            organisation_id=by.organisation_id if by else None,
            subject_id=subject_id,
            record_id=record_id,
            recipient_id=recipient_id,
            reason=reason,
        )
    )


def waiting() -> Sequence[AuditEvent]:
    """The events that have been noted and are not in the chain yet."""
    return tuple(db.session.info.get(PENDING, ()))


def is_waiting() -> bool:
    """Whether an event has been noted that is not in the chain yet."""
    return bool(db.session.info.get(PENDING))


def forget() -> None:
    """Drop the events noted in this request: what they record did not happen."""
    db.session.info.pop(PENDING, None)


def verify(since: int = 1) -> int | None:
    """The number of the first event that was altered, moved or cut off; None for a sound chain.

    Each event bears the key of its time. From the event that records a change on, the one before
    is not taken any more, and the last event bears the key of today: so who got hold of an old key
    can neither write on with it nor put other events in the place of those before the change.
    What is `since` is looked at by itself, where the key of all that was before is lost.
    """
    keys = _keys()
    age: int | None = None
    last = FIRST if since == 1 else None
    seq = since - 1
    columns = AuditEvent.__table__.columns  # plain rows: an object each costs five times the check
    wanted = select(*columns).where(columns.seq >= since).order_by(columns.seq)
    for entry in db.session.execute(wanted):
        seq += 1
        linked = entry.seq == seq and last in {entry.previous, None}
        older = age
        age = _age_of_key(entry, keys if older is None else keys[: older + 1])
        changed = age != older and older is not None and entry.tag != Tag.KEY_CHANGED
        if not linked or age is None or changed:
            return seq
        last = entry.digest
    head = db.session.get_one(AuditHead, 1)
    return None if (head.seq, head.digest) == (seq, last) and not age else seq + 1


def _age_of_key(entry: AuditEvent | Row[Any], keys: list[str]) -> int | None:
    """How many changes ago the key of an event came up: 0 for today's, None for no known key."""
    oldest_first = range(len(keys) - 1, -1, -1)
    return next((n for n in oldest_first if entry.digest == _digest(entry, keys[n])), None)


def change_key(by: Actor | None, at: datetime, *, lost: bool = False) -> None:
    """From now on events bear the AUDIT_KEY of today, and those before bear one of its fallbacks.

    `lost` says that the key before is gone: the events that bear it can be checked no more.
    Raises KeyInUse, KeyBeforeMissing.
    """
    keys = _keys()
    head = _locked_head(db.session())
    newest = db.session.get(AuditEvent, head.seq)
    if newest is not None and newest.digest == _digest(newest, keys[0]):
        raise KeyInUse
    if newest is not None and not lost and _age_of_key(newest, keys) is None:
        raise KeyBeforeMissing
    head.key_mark = _mark_of(keys[0])
    db.session.flush()  # the chain reads the head again
    record(Tag.KEY_CHANGED, by, at, reason="lost" if lost else "planned")


def _keys() -> list[str]:
    """Today's first, then those before it, newest first."""
    config = current_app.config
    return [str(config["AUDIT_KEY"]), *config["AUDIT_KEY_FALLBACKS"]]


def _mark_of(key: str) -> str:
    return hmac.new(key.encode(), b"mark of the key", hashlib.sha256).hexdigest()[:16]


def _digest(entry: AuditEvent | Row[Any], key: str) -> str:
    fields: list[Any] = [entry.seq, entry.at.isoformat(), entry.tag, entry.actor_id]
    fields += [entry.organisation_id, entry.subject_id, entry.record_id, entry.previous]
    if entry.recipient_id or entry.reason:  # events from before these columns keep their digest
        fields += [entry.recipient_id, entry.reason]
    return digest_of([str(f) for f in fields], key)


@contextmanager
def chaining() -> Iterator[Chain]:
    """Events are written below the session meanwhile: the chain goes on from its head.

    Where it ends stands in the head afterwards. Raises KeyNotTakenUp.
    """
    session = db.session()
    head = _locked_head(session)
    key = _keys()[0]
    _check_key(session, head, key)
    chain = Chain(key, head.seq, head.digest)
    yield chain
    head.seq = chain.seq
    head.digest = chain.digest


def _locked_head(session: Session) -> AuditHead:
    head = session.scalars(select(AuditHead).filter_by(id=1).with_for_update()).one()
    session.refresh(head)
    return head


def _check_key(session: Session, head: AuditHead, key: str) -> None:
    """Before the first mark, the last event tells which key is in use. Raises KeyNotTakenUp."""
    if head.key_mark == "" and head.seq:
        last = session.get_one(AuditEvent, head.seq)
        head.key_mark = _mark_of(key) if last.digest == _digest(last, key) else "unknown"
    if head.key_mark not in {"", _mark_of(key)}:
        raise KeyNotTakenUp
    head.key_mark = _mark_of(key)


@event.listens_for(Session, "before_commit")
def _chain(session: Session) -> None:
    """Late, because the head is one row for everybody: locked early it makes all writers wait."""
    if is_reading() or session.in_nested_transaction():
        return
    if not (pending := session.info.pop(PENDING, None)):
        return
    head = _locked_head(session)
    key = _keys()[0]
    _check_key(session, head, key)
    for entry in pending:
        head.seq += 1
        entry.seq, entry.previous = head.seq, head.digest
        entry.digest = head.digest = _digest(entry, key)
        session.add(entry)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    """Drop the events of work that was rolled back; a savepoint drops only its own."""
    if not session.in_nested_transaction():
        session.info.pop(PENDING, None)
