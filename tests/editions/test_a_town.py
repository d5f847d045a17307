"""An edition of what was really recorded; what comes late changes nothing that was published."""

from dataclasses import replace
from datetime import timedelta

from editions.town import MAKES, counted, details, worded
from reports.test_national import counted as of_the_nation
from support.stories import staff

from referral import clock
from referral.db import db
from referral.editions.actions import begin
from referral.editions.counting_actions import without_tables
from referral.editions.keeping import kept, release_again, release_kept, told_again
from referral.editions.models import Edition
from referral.editions.states import EditionState

BOOKED = 32
REFERRED = 12
LATE = """
2026-09-28 12:00 P20 agreed telling DRUG
2026-09-28 12:10 P20 referred to hub
"""


def town() -> str:
    """So many people are booked in September, and some of them are referred."""
    lines = []
    for number in range(BOOKED):
        who, day = f"P{number}", f"2026-09-{number % 27 + 1:02} 09"
        lines.append(f"{day}:00 {who} booked at Govan")
        if number < REFERRED:
            lines.append(f"{day}:30 {who} agreed telling DRUG")
            lines.append(f"{day}:40 {who} referred to hub")
    return "\n".join(lines)


def begun(period: str) -> Edition:
    """An edition of what is known now."""
    at = clock.now() + timedelta(seconds=1)
    edition = begin(details(period), staff(MAKES), at)
    counted(edition)
    return edition


def people_referred(edition: Edition):
    told = told_again(edition.told)
    table = next(one for one in told.tables if one.code == "indicator")
    return table.row("people").cells[0].value


def test_what_comes_late_changes_nothing_that_was_published(stories, monkeypatch):
    stories.play(town())
    edition = begun("2026-09")
    assert edition.state is EditionState.DRAFT, edition.refusal
    assert people_referred(edition) == REFERRED
    assert "were referred to a service" in edition.headline
    assert kept(told_again(edition.told)) == edition.told
    assert release_kept(release_again(edition.released)) == edition.released
    worded(edition)
    edition.is_signed(None, edition.made_at)
    edition.is_frozen("", edition.made_at)
    later = clock.now() + timedelta(days=90)
    monkeypatch.setattr(clock, "source", lambda: later)
    stories.play(LATE)
    assert people_referred(begun("2026-Q3")) == REFERRED
    edition.is_taken_back(edition.made_at)
    db.session.flush()
    assert people_referred(begun("2026-Q3")) == REFERRED + 1
    of = of_the_nation(period="2026-09")
    rest = without_tables(of, ("homes",))
    assert not list(replace(rest, definitions={}).cells.wrong())
    assert rest.shown < of.shown
    assert rest.shown <= rest.counts.keys()
