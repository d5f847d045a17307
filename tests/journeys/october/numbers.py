"""What the pages count at the end, row by row, as those have it who may read them."""

import csv
import io
from collections import Counter

from conftest import EMAILS
from journeys.october import pencil
from journeys.october.cast import Cast
from sqlalchemy import select
from support.html import read, words

from referral.access.permissions import Role
from referral.db import db
from referral.people.models import Person

# looks at a page, as often as somebody happens to open it; those at the card are counted
LOOKS = {
    "assessment:altered",
    "assessment:consulted",
    "booking:consulted",
    "case:consulted",
    "own-page:consulted",
    "person:consulted",
    "referral:consulted",
    "timeline:consulted",
    "trail:consulted",
}


def rows(page, title: str) -> dict[str, tuple[int, ...]]:
    """The rows of the table under a heading that are not nought, by their first cell."""
    heading = next(one for one in read(page.html).select("h2") if words(one).startswith(title))
    found = {}
    for row in heading.find_next("table").select("tbody tr"):
        cells = [words(cell) for cell in row.select("td.govuk-table__cell--numeric")]
        found[words(row.select_one("th"))] = tuple(int(cell) for cell in cells)
    return {name: counted for name, counted in found.items() if any(counted)}


def of_the_team(cast: Cast) -> dict[str, dict[str, tuple[int, ...]]]:
    """The exact report of the quarter, as the team lead reads it."""
    page = cast.sit(EMAILS[Role.TEAM_LEAD])
    page.open("/reports/outcomes?period=2026-Q4")
    return {
        "steps": rows(page, "From the desk to an outcome"),
        "needs": rows(page, "By need"),
        "not asked": rows(page, "Why people were not asked"),
    }


def ledger_of(cast: Cast) -> dict[str, dict[str, int]]:
    """What nobody could take, week by week, but the weeks without any."""
    page = cast.sit(EMAILS[Role.TEAM_LEAD]).open("/reports/unmet")
    weeks = [words(one) for one in read(page.html).select("table thead th")][1:]
    return {
        words(row.select_one("th")): {
            week: int(count)
            for week, cell in zip(weeks, row.select("td"), strict=True)
            if (count := words(cell)) != "0"
        }
        for row in read(page.html).select("table tbody tr")
    }


def timeline(cast: Cast) -> Counter[str]:
    """How many lines of each kind there are."""
    page = cast.morag().open(f"{cast.known['case']}/timeline?show=everything")
    return Counter(words(one) for one in read(page.html).select("ol.app-timeline strong"))


def trail_of(cast: Cast, forename: str) -> Counter[str]:
    """How often each thing was done to the record of somebody, as the guardian reads it."""
    with cast.app.app_context():
        wanted = select(Person.id).filter_by(forename=forename, surname="McAlister")
        number = str(db.session.scalars(wanted).one())
    sheet = cast.sheet("/trail", record_id=number, **{"as": "csv"})
    deeds = [row["what"] for row in csv.DictReader(io.StringIO(sheet))]
    return Counter(what for what in deeds if what not in LOOKS)


def are_as_pencilled_for_who_came_back(cast: Cast) -> None:
    """Report, ledger, timeline and trail of the run in which he goes on."""
    report = of_the_team(cast)
    assert report["steps"] == pencil.HE_GOES_ON
    assert report["needs"] == pencil.NEEDS_OF_BOTH
    assert report["not asked"] == pencil.NOT_ASKED
    assert ledger_of(cast) == pencil.LEDGER
    assert timeline(cast) == pencil.TIMELINE_OF_BOTH
    assert trail_of(cast, "Jim") == pencil.TRAIL_OF_WHO_CAME_BACK
    assert trail_of(cast, "James") == pencil.TRAIL_OF_JAMES


def are_as_pencilled_for_who_died(cast: Cast) -> None:
    """The same of the run in which he has died."""
    report = of_the_team(cast)
    assert report["steps"] == pencil.HE_DIED
    assert report["needs"] == pencil.NEEDS_OF_JIM
    assert report["not asked"] == pencil.NOT_ASKED
    assert ledger_of(cast) == pencil.LEDGER
    assert timeline(cast) == pencil.TIMELINE_OF_JIM
    assert trail_of(cast, "Jim") == pencil.TRAIL_OF_WHO_DIED
