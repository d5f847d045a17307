"""The chain of audit events and its head."""

import uuid
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Model


class AuditEvent(Model):
    """One act or one look. It names records, never their contents."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_subject_id", "subject_id", "seq"),
        Index("ix_audit_event_record", "record_id", "tag", "seq"),
        Index("ix_audit_event_actor", "actor_id", "seq"),
        Index("ix_audit_event_tag", "tag", "seq"),
        Index("ix_audit_event_at", "at"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    tag: Mapped[str]  # by its word, also one that only another release knows
    actor_id: Mapped[uuid.UUID | None]
    organisation_id: Mapped[uuid.UUID | None]
    subject_id: Mapped[uuid.UUID | None]
    record_id: Mapped[uuid.UUID | None]
    recipient_id: Mapped[uuid.UUID | None]  # the organisation to which something was disclosed
    reason: Mapped[str] = mapped_column(default="")  # by code, where one was asked for
    previous: Mapped[str]
    digest: Mapped[str]


class AuditHead(Model):
    """The last link: locked for the moment in which a transaction adds its events."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    digest: Mapped[str]
    key_mark: Mapped[str] = mapped_column(default="")  # tells keys apart, and is of no other use
