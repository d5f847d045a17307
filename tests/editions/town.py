"""A town in which enough people come into custody for an edition to tell anything."""

from editions.invented import counted_of
from editions.shelf import MAKES, SIGNS
from sqlalchemy import select
from support.stories import moment, staff

from referral.accounts.users.models import User
from referral.clock import today
from referral.db import db
from referral.directory.areas import SCOTLAND
from referral.editions import counting_actions
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
from referral.editions.counting_actions import found_of, keep
from referral.editions.models import Edition
from referral.published.audiences import Audience
from referral.published.periods import last_quarter
from referral.reports.catalogue_queries import Kind

NOW = "2026-11-02 09:00"


# by the calendar of the day on which the tests run: what pages offer first, and the last whole year
LAST = last_quarter(today())
STARTED = today().year - (1 if today().month > 3 else 2)
YEAR = f"{STARTED}-{(STARTED + 1) % 100:02}"
OF_THE_YEAR = (*(f"{STARTED}-Q{number}" for number in (2, 3, 4)), f"{STARTED + 1}-Q1")
PEOPLE = {"2026-Q3": 96, "2026-07": 32, "2026-08": 32, "2026-09": 32}


def town(numbers: dict[str, int], monkeypatch, people: dict[str, int] = PEOPLE) -> None:
    """Reports of these numbers of referrals by period, and of so many people; nothing is played."""

    kind = Kind("national", "National", "", lambda wanted: counted_of(wanted, numbers, people))
    monkeypatch.setattr(counting_actions, "kind_of", lambda name: kind)


def details(period: str, **more) -> EditionDetails:
    """An edition of the national report for everybody."""
    named = {"report": "national", "area": SCOTLAND[0], "audience": Audience.PUBLIC} | more
    return EditionDetails(period=period, **named)


def begun(period: str, when: str = NOW, **more) -> Edition:
    """An edition whose numbers were counted by a worker."""
    edition = begin(details(period, **more), staff(MAKES), moment(when))
    counted(edition)
    return edition


def counted(edition: Edition) -> None:
    """What a worker does with it."""
    keep(edition, found_of(edition))
    db.session.flush()


def worded(edition: Edition, when: str = NOW) -> Edition:
    """Looked at, with its words as they were made and a contact."""
    looked_at(edition, edition.version, staff(MAKES), moment(when))
    words = Words(edition.headline, edition.second, "statistics@example.org", None)
    say(edition, words, edition.version, staff(MAKES), moment(when))
    return edition


def signed(edition: Edition, when: str = NOW) -> Edition:
    """Signed by both."""
    second = db.session.scalars(select(User).filter_by(name=SIGNS)).one()
    sign_first(edition, second, edition.version, staff(MAKES), moment(when))
    sign_second(edition, edition.version, staff(SIGNS), moment(when))
    return edition


def out(period: str, when: str = NOW, **more) -> Edition:
    """An edition that is out."""
    edition = signed(worded(begun(period, when, **more), when), when)
    freeze(edition, edition.version, staff(MAKES), moment(when))
    db.session.flush()
    return edition
