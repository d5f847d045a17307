"""Take in a file of Source of Referrals, and take one back."""

from collections.abc import Sequence
from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.db import db
from referral.official.daisy import Cell, Numbering
from referral.official.files import FileKind, Sent
from referral.official.models import DaisyCount, OfficialFile
from referral.official.queries import alone, is_held
from referral.official.refusals import FileHeld, FileOver


def take_in(
    sent: Sent, cells: Sequence[Cell], numbering: Numbering, by: Actor | None, at: datetime
) -> OfficialFile:
    """Keep what a file says; of a quarter that two files tell of, the later one counts.

    Raises FileHeld.
    """
    alone()
    if is_held(FileKind.DAISY, sent.digest):
        raise FileHeld
    file = OfficialFile(kind=FileKind.DAISY, name=sent.name, digest=sent.digest)
    file.numbering = numbering
    file.imported_at = at
    file.imported_by_id = by.user_id if by else None
    db.session.add(file)
    db.session.flush()  # counts point at it
    db.session.add_all(
        DaisyCount(
            file_id=file.id,
            adp_code=cell.adp_code,
            quarter=cell.quarter,
            service=cell.service,
            substance=cell.substance,
            number=cell.number,
            code=cell.code,
        )
        for cell in cells
    )
    record(Tag.DAISY_IMPORTED, by, at, record_id=file.id)
    return file


def take_back(file: OfficialFile, by: Actor, at: datetime) -> None:
    """It should not have been taken in: the one before it counts again. Raises FileOver."""
    alone(file)
    if file.taken_back_at:
        raise FileOver
    file.take_back(by, at)
    record(Tag.DAISY_TAKEN_BACK, by, at, record_id=file.id)
