"""The register of editions, and the counts of a new one beside it."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from referral.access.actor import Actor
from referral.access.permissions import Permission, roles_with
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.db import db
from referral.directory.areas import area_of, areas_of
from referral.directory.queries import councils
from referral.editions.between import between
from referral.editions.keeping import release_again, told_again
from referral.editions.models import Edition
from referral.editions.states import EditionState
from referral.published.audiences import Audience
from referral.published.cells import Cells
from referral.published.periods import period_of
from referral.published.register import Register, Relations, Release
from referral.published.tables import Told
from referral.published.telling import Counted
from referral.reports.queries import areas_for
from referral.reports.readable import Readable
from referral.reports.wanted import Wanted
from referral.reports.worlds import Settled, World
from referral.web.paging import Page, page_of

# who reads editions for an audience has read those for these too
READ_BY = {Audience.PUBLIC: (Audience.PUBLIC,), Audience.PARTNER: tuple(Audience)}


UNEVEN = 3  # days by which two months, quarters or years differ


def edition_of(number: UUID) -> Edition:
    """An edition by its number; answers 404 where there is none."""
    return db.session.get(Edition, number) or abort(404)


def editions(report: str, page: int) -> Page[Edition]:
    """All editions of a report, or of all where none is named, the latest first."""
    wanted = select(Edition).options(joinedload(Edition.by), joinedload(Edition.second_signer))
    return page_of(wanted.where(*_of(report)).order_by(Edition.order.desc()), page)


def editions_out(report: str, at: datetime, page: int) -> Page[Edition]:
    """Those of them that are out by now, for who only reads them, the latest first."""
    out = select(Edition).options(joinedload(Edition.by)).where(_frozen(), _out(at), *_of(report))
    return page_of(out.order_by(Edition.order.desc()), page)


def newest_out(reader: Actor, at: datetime) -> Sequence[Readable]:
    """Of each report, area and audience the latest period that is out, and its latest edition.

    The reader's own areas first, and the latest period of each.
    """
    columns = (Edition.id, Edition.report, Edition.period, Edition.area, Edition.audience)
    since = func.coalesce(Edition.release_at, Edition.frozen_at).label("since")
    wanted = select(*columns, since).where(_frozen(), _out(at)).order_by(Edition.order)
    names = area_names()
    own = {area.code for area in areas_for(reader)}
    rows = sorted(db.session.execute(wanted), key=lambda row: period_of(row.period).last)
    newest = {(row.report, row.area, row.audience): row for row in rows}
    latest = sorted(newest.values(), key=lambda row: period_of(row.period).last, reverse=True)
    return [
        Readable(
            row.id,
            row.report,
            period_of(row.period).words,
            names.get(row.area, row.area),
            row.audience,
            row.since,
        )
        for row in sorted(latest, key=lambda row: row.area not in own)
    ]


def area_names() -> dict[str, str]:
    """The areas by their codes, as they are told apart."""
    return {area.code: area.full_name for area in areas_of(councils())}


def frozen(audience: Audience) -> Sequence[Edition]:
    """What stands in the register of an audience, in the order in which it was made."""
    wanted = select(Edition).where(_frozen(), Edition.audience.in_(READ_BY[audience]))
    return db.session.scalars(wanted.order_by(Edition.order)).all()


def latest_frozen(
    report: str, period: str, area: str, audience: Audience, *more: ColumnElement[bool]
) -> Edition | None:
    """The latest edition of a report that is frozen."""
    same = (Edition.report == report, Edition.period == period, Edition.area == area)
    wanted = select(Edition).where(_frozen(), *same, Edition.audience == audience, *more)
    return db.session.scalars(wanted.order_by(Edition.order.desc()).limit(1)).first()


def latest_out(
    report: str, period: str, area: str, audience: Audience, at: datetime
) -> Edition | None:
    """The latest that is out: a correction that goes out later does not hide it."""
    return latest_frozen(report, period, area, audience, _out(at))


def earlier_of(edition: Edition) -> Sequence[Told]:
    """What was told of the same report and area in earlier periods as long as this, in order.

    Of each period the latest edition counts.
    """
    same = (Edition.report == edition.report, Edition.area == edition.area)
    wanted = select(Edition).where(_frozen(), *same, Edition.audience == edition.audience)
    period = period_of(edition.period)
    days = (period.last - period.first).days
    told: dict[str, Told] = {}
    for one in db.session.scalars(wanted.order_by(Edition.order)):
        other = period_of(one.period)
        alike = abs((other.last - other.first).days - days) <= UNEVEN
        if other.last < period.first and alike:
            told[one.period] = told_again(one.told)
    return sorted(told.values(), key=lambda one: one.about.first)


def edition_before(edition: Edition) -> Told | None:
    """What was told of the latest earlier period of the same report, area and length."""
    earlier = earlier_of(edition)
    return earlier[-1] if earlier else None


def who_may_sign_second(edition: Edition) -> Sequence[User]:
    """The colleagues who may make editions, without who made this one, by name."""
    wanted = select(User).where(
        User.role.in_(roles_with(Permission.MAKE_EDITIONS)),
        User.state == UserState.ACTIVE,
        User.id != edition.by_id,
    )
    return db.session.scalars(wanted.order_by(User.name, User.id)).all()


def world_of(edition: Edition) -> World:
    """As of which moment each stay is counted: what was published stays as it was.

    A correction counts its period anew, and what is corrected is as the last correction has it.
    """
    published = frozen(edition.audience)
    corrections = [one for one in reversed(published) if one.why_revised]
    rest = [one for one in published if not one.why_revised]
    mine = [edition] if edition.why_revised else []
    settled = [Settled(period_of(one.period), one.as_at) for one in (*mine, *corrections, *rest)]
    return World(edition.as_at, edition.as_at, settled)


def releases_before(edition: Edition) -> Register:
    """What a new edition is read beside; a correction replaces the one that it corrects."""
    replaced: list[Release] = []
    of_the_period: list[Release] = []
    others: list[Release] = []
    for one in frozen(edition.audience):
        same_period = one.period == edition.period and bool(edition.why_revised)
        same = same_period and (one.report, one.area) == (edition.report, edition.area)
        kind = replaced if same else of_the_period if same_period else others
        kind.append(release_again(one.released))
    return Register(replaced, of_the_period, others)


def ever_frozen(audience: Audience) -> int:
    """How many editions an audience may have read by now, also if taken back: it only grows."""
    wanted = select(func.count()).where(Edition.frozen_at.is_not(None))
    wanted = wanted.where(Edition.audience.in_(READ_BY[audience]))
    return db.session.scalar(wanted) or 0


def relations(counted: Counted, releases: Sequence[Release]) -> Relations:
    """What holds between the counts of all of them.

    Of people not all that is likely holds: who did not come as far in a month may have come so in
    another month of the quarter. Only what these counts bear out is used.
    """
    counts: dict[Hashable, int] = {}
    for one in releases:
        counts |= one.counts
    counts |= counted.counts
    made_of = {area.code: area.councils for area in areas_of(councils())}
    sums, bounds = between(counts, made_of)
    wrong = list(Cells(counts, sums, bounds).wrong())
    return [one for one in sums if one not in wrong], [one for one in bounds if one not in wrong]


def wanted_by(edition: Edition) -> Wanted:
    """What the edition asks to be counted. Raises NoSuchArea."""
    area = area_of(edition.area, areas_of(councils()))
    period = period_of(edition.period)
    return Wanted(period, area, edition.audience, world_of(edition), edition.made_at)


def hold_the_register() -> None:
    """Until the end of the transaction nobody else freezes: of two at once the second waits."""
    first = select(Edition.id).order_by(Edition.order).limit(1)
    db.session.execute(first.with_for_update()).all()


def _of(report: str) -> list[ColumnElement[bool]]:
    return [Edition.report == report] if report else []


def _out(at: datetime) -> ColumnElement[bool]:
    return or_(Edition.release_at.is_(None), Edition.release_at <= at)


def _frozen() -> ColumnElement[bool]:
    return Edition.state == EditionState.FROZEN
