"""Enter a figure of custody throughput, correct it, take it back, take in a file of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.db import db
from referral.official.files import FileKind, Sent
from referral.official.models import OfficialFile, Throughput
from referral.official.places import Place
from referral.official.queries import alone, counting_for, is_held
from referral.official.refusals import FigureHeld, FigureOver, FileHeld
from referral.official.throughput import Part, Stated


@dataclass(frozen=True)
class FigureDetails:
    """A figure with the place that it is of."""

    place: Place
    part: Part


@dataclass(frozen=True)
class Imported:
    """How many figures of a file are new, how many correct one, how many were there already."""

    new: int = 0
    corrected: int = 0
    there: int = 0


def enter(details: FigureDetails, by: Actor, at: datetime) -> Throughput:
    """Put down a figure that was not held. Raises FigureHeld."""
    alone()
    if counting_for(details.place, details.part):
        raise FigureHeld
    row = _put(details, None, None, by, at)
    record(Tag.THROUGHPUT_ENTERED, by, at, record_id=row.id)
    return row


def correct(row: Throughput, stated: Stated, by: Actor, at: datetime) -> Throughput:
    """The source says something else: a new row stands in the place of this one, which is kept.

    Nothing is written where nothing differs. Raises FigureOver.
    """
    alone(row)
    if row.ended_at:
        raise FigureOver
    if row.stated == stated:
        return row
    place = Place("", "", row.area_code, row.centre_id)
    part = Part(row.span, row.definition, row.source, stated)
    new = _put(FigureDetails(place, part), row, None, by, at)
    record(Tag.THROUGHPUT_CORRECTED, by, at, record_id=new.id)
    return new


def take_back(row: Throughput, by: Actor, at: datetime) -> None:
    """It should not have been entered: it counts no more, and is kept. Raises FigureOver."""
    alone(row)
    if row.ended_at:
        raise FigureOver
    row.end(by, at)
    record(Tag.THROUGHPUT_TAKEN_BACK, by, at, record_id=row.id)


def take_in(
    sent: Sent, coming: Sequence[FigureDetails], by: Actor | None, at: datetime
) -> Imported:
    """Put down what a file says that is not held; another number of one source is a correction.

    Raises FileHeld.
    """
    alone()
    if is_held(FileKind.THROUGHPUT, sent.digest):
        raise FileHeld
    file = OfficialFile(kind=FileKind.THROUGHPUT, name=sent.name, digest=sent.digest)
    file.imported_at = at
    file.imported_by_id = by.user_id if by else None
    db.session.add(file)
    db.session.flush()  # figures point at it
    became = [_take(details, file, by, at) for details in coming]
    record(Tag.THROUGHPUT_IMPORTED, by, at, record_id=file.id)
    return Imported(*(became.count(what) for what in ("new", "corrected", "there")))


def _take(details: FigureDetails, file: OfficialFile, by: Actor | None, at: datetime) -> str:
    held = counting_for(details.place, details.part)
    if held and held.stated == details.part.stated:
        return "there"
    _put(details, held, file, by, at)
    return "corrected" if held else "new"


def _put(
    details: FigureDetails,
    before: Throughput | None,
    file: OfficialFile | None,
    by: Actor | None,
    at: datetime,
) -> Throughput:
    if before:
        before.end(by, at)
        db.session.flush()  # one of them counts at a time
    part = details.part
    row = Throughput(
        area_code=details.place.area_code,
        centre_id=details.place.centre_id,
        first_day=part.span.first,
        last_day=part.span.last,
        number=part.stated.number,
        definition=part.definition,
        source=part.source,
        published_on=part.stated.published_on,
        read_on=part.stated.read_on,
        address=part.stated.address,
        file_id=file.id if file else None,
        replaces_id=before.id if before else None,
        entered_at=at,
        entered_by_id=by.user_id if by else None,
    )
    db.session.add(row)
    db.session.flush()  # the audit names it by its number
    return row
