"""Editions in each state, of invented counts: nobody is booked, and no worker is waited for."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from editions.invented import counted_of
from sqlalchemy import select

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.clock import today
from referral.db import db
from referral.directory.areas import SCOTLAND
from referral.editions.actions import (
    EditionDetails,
    Words,
    begin,
    freeze,
    looked_at,
    say,
    sign_first,
    sign_second,
)
from referral.editions.counting_actions import Found, keep
from referral.editions.models import Edition
from referral.editions.queries import ever_frozen, wanted_by
from referral.editions.states import EditionState
from referral.published.audiences import Audience
from referral.published.periods import last_quarter, period_of, quarters
from referral.published.register import release_of
from referral.published.telling import Counted, told_without
from referral.reports.national_queries import NAME, TITLE, national
from referral.reports.wanted import Wanted

MAKES, SIGNS = "Isla Gunn", "Calum Reid"
LATER = timedelta(days=9)  # when what is planned goes out
Count = Callable[[Wanted], Counted]


def invented(wanted: Wanted) -> Counted:
    """A report of two numbers."""
    return counted_of(wanted, {wanted.period.name: 32}, {wanted.period.name: 96})


def as_the_nation(wanted: Wanted) -> Counted:
    """The national report as it is laid out, each number many times that of the last quarter."""
    counted = national(replace(wanted, period=period_of(last_quarter(today()))))
    many = {key: count * 60 for key, count in counted.counts.items()}
    return replace(counted, counts=many, about=wanted.about(NAME, TITLE))


def staff(name: str) -> User:
    """Who makes editions, or signs them."""
    return db.session.scalars(select(User).filter_by(name=name)).one()


class Shelf:
    """Where one analyst puts editions for an audience, and a colleague signs them."""

    def __init__(
        self,
        at: datetime,
        audience: Audience = Audience.PUBLIC,
        count: Count = invented,
        report: str = NAME,
        area: str = SCOTLAND[0],
    ):
        self.at = at
        self.report = report
        self.area = area
        self.audience = audience
        self.count = count
        names = (MAKES, SIGNS) if audience == Audience.PUBLIC else (SIGNS, MAKES)
        self.maker, self.colleague = (staff(name) for name in names)

    @property
    def by(self) -> Actor:
        """Who makes them."""
        return self.maker.actor

    def begun(self, ago: int = 1, release_at: datetime | None = None) -> Edition:
        """One that is being counted, of a quarter that ended so many quarters ago."""
        period = quarters(today())[ago]
        details = EditionDetails(self.report, period, self.area, self.audience, release_at)
        return begin(details, self.by, self.at)

    def draft(self, ago: int = 1, release_at: datetime | None = None) -> Edition:
        """One whose numbers are there."""
        edition = self.begun(ago, release_at)
        counted = self.count(wanted_by(edition))
        before = ever_frozen(self.audience)
        keep(edition, Found(told_without(counted, ()), release_of(counted, ()), before))
        db.session.flush()
        return edition

    def refused(self) -> Edition:
        """One from which a number could be worked out, with one way out."""
        edition = self.begun()
        follows = (
            "From this edition and what is published already, a number could be worked out "
            "that stands for too few people: referral, referrals."
        )
        keep(edition, Found(refusal=follows, ways_out=("indicator",)))
        return edition

    def worded(self, ago: int = 1, release_at: datetime | None = None) -> Edition:
        """Somebody has looked at it and says whom to ask."""
        edition = self.draft(ago, release_at)
        looked_at(edition, edition.version, self.by, self.at)
        words = Words(edition.headline, edition.second, "statistics@example.org", None)
        say(edition, words, edition.version, self.by, self.at)
        return edition

    def signed(self, ago: int = 1, release_at: datetime | None = None) -> Edition:
        """Signed by as many as have to."""
        edition = self.worded(ago, release_at)
        sign_first(edition, self.colleague, edition.version, self.by, self.at)
        if self.audience == Audience.PUBLIC:
            sign_second(edition, edition.version, self.colleague.actor, self.at)
        return edition

    def frozen(self, ago: int, release_at: datetime | None = None) -> Edition:
        """In the register."""
        edition = self.signed(ago, release_at)
        freeze(edition, edition.version, self.by, self.at)
        db.session.flush()
        return edition


def on_a_shelf(shelf: Shelf) -> Iterator[tuple[str, object]]:
    """One in each state, by the names that addresses know; what is frozen first."""
    yield "edition_id-out", shelf.frozen(3).id
    yield "edition_id-planned", shelf.frozen(2, shelf.at + LATER).id
    yield "edition_id", shelf.draft().id
    yield "edition_id-counting", shelf.begun().id
    yield "edition_id-refused", shelf.refused().id
    yield "edition_id-worded", shelf.worded().id
    yield "edition_id-signed", shelf.signed().id
    yield "signer", shelf.colleague.id


# where the pages of editions and of all reports stand, with the name of what fills their addresses
PLACES = {
    "editions.listed": {},
    "editions.choose": {},
    "editions.check": {"edition_id": "edition"},
    "editions.words": {"edition_id": "edition"},
    "editions.sign": {"edition_id": "worded"},
    "editions.freeze_it": {"edition_id": "signed"},
    "editions.edition": {"edition_id": "out"},
    "reports.every": {},
    "reports.outcomes": {},
    "reports.unmet": {},
    "reports.own": {"name": "report"},
}


def hold(at: datetime) -> None:
    """One in each state, to be looked at; what was played before is committed, to be counted."""
    db.session.commit()
    dict(on_a_shelf(Shelf(at, count=as_the_nation)))


def held() -> dict[str, object]:
    """The numbers of those that pages are about."""
    drafts = select(Edition).filter_by(state=EditionState.DRAFT).order_by(Edition.order)
    wanted = select(Edition.id).order_by(Edition.order)
    asked = {
        "edition": drafts.where(Edition.looked_at.is_(None)),
        "worded": drafts.where(Edition.looked_at.is_not(None), Edition.signed_at.is_(None)),
        "signed": drafts.where(Edition.second_signed_at.is_not(None)),
    }
    found = {name: db.session.scalars(one.limit(1)).first() for name, one in asked.items()}
    refused = wanted.filter_by(state=EditionState.REFUSED).limit(1)
    out = wanted.filter_by(state=EditionState.FROZEN, release_at=None).limit(1)
    numbers = {name: one.id if one else None for name, one in found.items()}
    return numbers | {
        "refused": db.session.scalars(refused).first(),
        "out": db.session.scalars(out).first(),
        "report": NAME,
        "form": "ods",
    }
