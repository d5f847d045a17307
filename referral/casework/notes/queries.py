"""The notes of a case."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from referral.casework.cases.models import Case
from referral.casework.notes.models import CaseNote
from referral.db import db


def notes_of(case_id: UUID) -> Sequence[CaseNote]:
    """All notes of a case with who wrote them, the latest to happen first."""
    wanted = select(CaseNote).filter_by(case_id=case_id).options(joinedload(CaseNote.author))
    latest = wanted.order_by(CaseNote.happened_at.desc(), CaseNote.order.desc())
    return db.session.scalars(latest).all()


def note_in(case: Case, note_id: UUID) -> CaseNote:
    """A note of a case, to change; 404 for any other."""
    wanted = select(CaseNote).filter_by(id=note_id, case_id=case.id).with_for_update()
    return db.session.scalars(wanted).one_or_none() or abort(404)
