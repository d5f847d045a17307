"""The published figures that are held: for a rate with its source, and for the page of them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort
from sqlalchemy import Row, Select, func, select, text
from sqlalchemy.orm import joinedload

from referral.db import db
from referral.directory.queries import centres, councils
from referral.official.daisy import Cell
from referral.official.files import FileKind
from referral.official.justice import Justice, SourceFile, added_up
from referral.official.models import DaisyCount, OfficialFile, Throughput
from referral.official.places import Place, places_of
from referral.official.spans import Days, Span, months, quarters_in
from referral.official.throughput import Figure, Part, figures_in
from referral.web.paging import FEW, Page, page_of

WITH_WHOM = (
    joinedload(Throughput.centre),
    joinedload(Throughput.entered_by),
    joinedload(Throughput.ended_by),
)


def throughput_of(area_code: str, period: Days) -> Sequence[Figure]:
    """How many passed through custody in an area, by each source that says so of this period.

    `period` is anything with a first and a last day; the latest published source comes first.
    """
    return _figures(select(Throughput).where(Throughput.area_code == area_code), period)


def throughput_at(centre_id: UUID, period: Days) -> Sequence[Figure]:
    """The same of one custody centre."""
    return _figures(select(Throughput).where(Throughput.centre_id == centre_id), period)


def _figures(wanted: Select[Throughput], period: Days) -> Sequence[Figure]:
    inside = Throughput.first_day >= period.first, Throughput.last_day <= period.last
    rows = db.session.scalars(
        wanted.where(*inside, Throughput.ended_at.is_(None)).order_by(Throughput.order)
    )
    return figures_in((row.part for row in rows), period)


def criminal_justice(adp_code: str, period: Days) -> Justice:
    """Referrals to treatment from criminal justice in an ADP, as published; with the files.

    Of each quarter the latest file that tells of it counts. There is no number where a part is
    hidden, a quarter is not held, or quarters do not make the period up.
    """
    quarters = quarters_in(period)
    if not quarters:
        return Justice(None)
    held = _latest_of(adp_code, [quarter.first for quarter in quarters])
    missing = [quarter for quarter in quarters if quarter.first not in held]
    parts = [cell for _, cells in held.values() for cell in added_up(cells)]
    codes = sorted({cell.code for cell in parts if cell.number is None})
    hidden = any(cell.number is None for cell in parts)
    number = None if missing or hidden else sum(cell.number or 0 for cell in parts)
    files = {file.id: file for file, _ in held.values()}
    told = sorted(files.values(), key=lambda file: file.order)
    return Justice(
        number, codes, missing, [SourceFile(one.name, one.digest, one.imported_at) for one in told]
    )


def _latest_of(
    adp_code: str, quarters: Sequence[date]
) -> Mapping[date, tuple[OfficialFile, list[Cell]]]:
    wanted = (
        select(DaisyCount, OfficialFile)
        .join(OfficialFile, OfficialFile.id == DaisyCount.file_id)
        .where(
            DaisyCount.adp_code == adp_code,
            DaisyCount.quarter.in_(quarters),
            OfficialFile.taken_back_at.is_(None),
        )
        .order_by(
            DaisyCount.quarter,
            OfficialFile.order.desc(),
            DaisyCount.service,
            DaisyCount.substance,
        )
    )
    found: dict[date, tuple[OfficialFile, list[Cell]]] = {}
    for count, file in db.session.execute(wanted):
        latest, cells = found.setdefault(count.quarter, (file, []))
        if latest is file:
            cells.append(count.cell)
    return found


def places() -> Sequence[Place]:
    """Every place that a figure can be of: areas, and the custody centres, closed ones too."""
    return places_of(councils(), centres())


def adp_names() -> Mapping[str, str]:
    """The names of the ADPs by their code."""
    return {council.adp_code: council.adp_name for council in councils()}


def counting_for(place: Place, part: Part) -> Throughput | None:
    """The figure that counts now of this place, these days, this source and definition."""
    wanted = select(Throughput).where(
        Throughput.area_code == place.area_code,
        Throughput.centre_id == place.centre_id,
        Throughput.first_day == part.span.first,
        Throughput.last_day == part.span.last,
        Throughput.ended_at.is_(None),
    )
    rows = db.session.scalars(wanted.order_by(Throughput.order))
    return next((row for row in rows if row.part.series == part.series), None)


def is_held(kind: FileKind, digest: str) -> bool:
    """Whether this very file was taken in, and not taken back."""
    wanted = select(OfficialFile.id).where(
        OfficialFile.kind == kind,
        OfficialFile.digest == digest,
        OfficialFile.taken_back_at.is_(None),
    )
    return db.session.scalar(select(wanted.exists())) or False


def alone(row: Throughput | OfficialFile | None = None) -> None:
    """Nobody else writes figures until this is done; a row is as it stands by then.

    On SQLite there is one writer anyhow.
    """
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE official_file IN SHARE ROW EXCLUSIVE MODE"))
    if row:
        db.session.refresh(row)


def figure(figure_id: UUID) -> Throughput:
    """A figure by its number; 404 where there is none."""
    wanted = select(Throughput).where(Throughput.id == figure_id).options(*WITH_WHOM)
    return db.session.scalars(wanted).one_or_none() or abort(404)


def daisy_file(file_id: UUID) -> OfficialFile:
    """A file of Source of Referrals by its number; 404 where there is none."""
    wanted = select(OfficialFile).where(OfficialFile.id == file_id)
    wanted = wanted.where(OfficialFile.kind == FileKind.DAISY)
    return db.session.scalars(wanted).one_or_none() or abort(404)


def figures_page(page: int) -> Page[Throughput]:
    """The figures that count, the latest period first."""
    wanted = select(Throughput).where(Throughput.ended_at.is_(None)).options(*WITH_WHOM)
    by_period = Throughput.last_day.desc(), Throughput.first_day, Throughput.order
    return page_of(wanted.order_by(*by_period), page)


def ended_page(page: int) -> Page[Throughput]:
    """The figures that were corrected or taken back, the last first."""
    wanted = select(Throughput).where(Throughput.ended_at.is_not(None)).options(*WITH_WHOM)
    return page_of(wanted.order_by(Throughput.ended_at.desc(), Throughput.order.desc()), page, FEW)


@dataclass(frozen=True)
class FileRow:
    """A file of Source of Referrals, and what is in it."""

    file: OfficialFile
    first: date
    last: date
    adps: int
    cells: int
    hidden: int

    @property
    def quarters(self) -> Span:
        """The days that its quarters are about."""
        return Span(self.first, months(self.last.year, self.last.month, 3).last)


def files_page(page: int) -> Page[FileRow]:
    """The files of Source of Referrals, the last first, and what is in each."""
    wanted = select(OfficialFile).where(OfficialFile.kind == FileKind.DAISY)
    wanted = wanted.options(joinedload(OfficialFile.imported_by))
    found = page_of(wanted.order_by(OfficialFile.order.desc()), page, FEW)
    told = {row[0]: row for row in _inside([file.id for file in found])}
    return found.holding([_told(file, *told[file.id][1:]) for file in found])


def _inside(files: Sequence[UUID]) -> Sequence[Row[UUID, date, date, int, int, int]]:
    """One row for each of some files: its first and last quarter, and how much is in it."""
    wanted = (
        select(
            DaisyCount.file_id,
            func.min(DaisyCount.quarter),
            func.max(DaisyCount.quarter),
            func.count(DaisyCount.adp_code.distinct()),
            func.count(),
            func.count() - func.count(DaisyCount.number),
        )
        .where(DaisyCount.file_id.in_(files))
        .group_by(DaisyCount.file_id)
        .order_by(DaisyCount.file_id)
    )
    return db.session.execute(wanted).all()


def _told(
    file: OfficialFile, first: date, last: date, adps: int, cells: int, hidden: int
) -> FileRow:
    return FileRow(file, first, last, adps, cells, hidden)
