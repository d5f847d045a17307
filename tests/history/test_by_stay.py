"""The timeline stands by stay, says what came of each, and is narrowed without losing a line."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from support.html import press, read, words
from support.stories import Stories, moment

from referral import clock
from referral.access.permissions import Role
from referral.casework.notes.actions import NoteDetails, write
from referral.casework.notes.spoken import How, Whom, Words
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.custody.models import Booking
from referral.db import db
from referral.history.timeline import EVERYTHING, FILTERS, Happening, Sort, Stay, counted, in_parts

TWICE = """
2026-07-06 09:00 Ann booked at Govan
2026-07-06 09:30 Ann agreed telling DRUG
2026-07-06 12:00 Ann assessed
2026-07-06 12:30 Ann planned
2026-07-06 13:00 Ann referred to hub homes
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann accepted by hub
2026-07-07 09:30 Ann turned-away by homes because CAP
2026-07-07 10:00 Ann expected by hub 2026-07-10 10:00
2026-07-10 11:00 Ann came to hub
2026-08-04 10:00 Ann wrote 28d yes
2026-09-01 09:00 Ann booked at Govan
2026-09-01 09:30 Ann agreed telling DRUG
2026-09-01 09:40 Ann expected by hub 2026-09-08 10:00
"""
LOOKED = (Purpose.HISTORY, Purpose.OUTCOME)
NOW = moment("2026-09-01 10:00")
NOT_HERE = moment("2026-07-20 10:00")  # between the two stays


@pytest.fixture
def case(app, monkeypatch):
    """The address of the case of somebody who is here for the second time."""
    monkeypatch.setattr(clock, "source", lambda: NOW)
    with app.app_context():
        stories = Stories().play(TWICE)
        found = stories.case("Ann")
        yes = [Agreement(purpose, Answer.GRANTED) for purpose in LOOKED]
        record_agreements(found.person, yes, PLAINLY, stories.worker, moment("2026-07-06 12:10"))
        said = NoteDetails(Whom.FAMILY, How.RUNG, NOT_HERE, Words("Karen", "Well"))
        write(found, said, stories.worker, NOW)
        db.session.commit()
        return f"/cases/{found.id}"


def parts(page: str) -> dict[str, list[str]]:
    """The lines of each stay under its head, as a reader has them."""
    heads = read(page).select("h2.app-part-head")
    return {
        words(head): [words(line) for line in head.parent.select("ol.app-timeline li")]
        for head in heads
    }


def test_each_stay_has_its_own_lines_and_says_what_came_of_it(case, worker):
    page = worker.get(f"{case}/timeline?show=everything").text
    found = parts(page)
    assert [*found] == ["1 Sep 2026, 09:00, Govan", "6 Jul 2026, 09:00, Govan"]
    here, before = found.values()
    assert "Booked Govan" in here[-1]
    assert "Booked Govan" in before[-1]
    assert any("said no, no capacity" in line for line in before)
    assert any("They say: yes" in line and "Outcome" in line for line in before)
    assert not any("said no" in line for line in here)
    heads = [words(one) for one in read(page).select("section > .app-small > strong")]
    assert heads == [
        "Housing first: said no; Recovery hub: met once, came to 1 of 1 meeting, worth it"
    ]


def test_what_is_to_come_stands_apart_the_earliest_first_and_leads_to_the_thing(case, worker):
    page = read(worker.get(f"{case}/timeline?show=everything").text)
    coming = page.select("section[aria-labelledby=coming] li")
    told = [words(line) for line in coming]
    assert "Ask how they are (26 weeks)" in told[-1]
    assert any("See them" in line for line in told)
    meeting = next(line for line in coming if "8 Sep 2026, 10:00" in words(line))
    assert "Appointment Recovery hub" in words(meeting)
    assert meeting.select_one("a")["href"].startswith("/referrals/")
    whole = words(page)
    assert whole.count("8 Sep 2026, 10:00") == 1


@pytest.mark.parametrize("show", [sort for sort in FILTERS if sort != EVERYTHING])
def test_a_filter_leaves_its_own_lines_and_stands_in_the_address(case, worker, show):
    page = worker.get(f"{case}/timeline")
    whole = worker.get(f"{case}/timeline?show=everything").text
    everything = [line for lines in parts(whole).values() for line in lines]
    tab = next(
        link for link in read(page.text).select(".app-tabs a") if FILTERS[show] in words(link)
    )
    narrowed = press(worker, page, words(tab))
    assert narrowed.request.args.get("show", "") == show
    lines = [line for lines in parts(narrowed.text).values() for line in lines]
    assert 0 < len(lines) < len(everything)
    assert set(lines) < set(everything)
    assert f"({len(lines)})" in words(tab)


def test_a_colleagues_reason_goes_along_with_the_filter(app, case, as_role):
    worker, lead = as_role(Role.WORKER), as_role(Role.TEAM_LEAD)
    taken = press(worker, worker.get(case), "Take this case")
    assert taken.status_code == 303
    asked = lead.get(f"{case}/timeline?show=everything")
    shown = press(lead, asked, "Read the timeline", why="LEAD")
    label = next(
        words(one) for one in read(shown.text).select(".app-tabs button") if "Reviews" in words(one)
    )
    assert "Timeline of" in press(lead, shown, label).text


def test_it_opens_at_what_matters_and_so_does_a_filter_that_there_is_not(case, worker):
    opened = worker.get(f"{case}/timeline").text
    assert parts(worker.get(f"{case}/timeline?show=nothing").text) == parts(opened)
    assert words(read(opened).select_one(".app-tabs [aria-current]")).startswith("What matters")
    here, before = parts(opened).values()
    told = " ".join([*here, *before])
    for line in ("said no, no capacity", "They say: yes", "they came", "Asked Accepted"):
        assert line in told, line
    for line in ("Booked Govan", "Agreed", "Noted", "Said "):
        assert line not in told, line
    every = parts(worker.get(f"{case}/timeline?show=everything").text)
    for head, lines in parts(opened).items():
        assert set(lines) < set(every[head])
        assert f"{len(every[head]) - len(lines)} more of this stay" in words(read(opened))


def test_that_somebody_was_spoken_to_is_told_and_what_was_said_only_in_the_log(case, worker):
    page = worker.get(f"{case}/timeline?show=everything").text
    assert "A call from family or a friend" in words(read(page))
    assert "Karen" not in page


def test_no_line_is_lost_between_stays():
    day = timedelta(days=1)
    stays = [Stay(uuid4(), NOW, "Govan"), Stay(uuid4(), NOW + 9 * day, "Oban")]
    lines = [Happening(NOW + n * day, Sort.STAY, "Said", str(n)) for n in range(-2, 12)]
    found = in_parts(stays, lines, EVERYTHING)
    assert [len(part.lines) for part in found] == [3, 11]
    assert counted(lines)[EVERYTHING] == 14


def test_at_the_top_of_the_case_stands_what_worked_and_what_to_avoid(case, worker):
    page = read(worker.get(case).text)
    hints = {words(name): words(name.find_next("dd")) for name in page.select(".app-hints dt")}
    assert hints == {
        "What worked": "Recovery hub: met once, came to 1 of 1 meeting, worth it",
        "What to avoid": "Housing first: said no, no capacity",
    }


def test_why_something_ended_is_for_the_person_to_let_come_back(app, case, worker):
    with app.app_context():
        stories = Stories()
        stories.came["Ann"] = db.session.scalars(
            select(Booking).order_by(Booking.authorised_at.desc()).limit(1)
        ).one()
        stories.play("2026-09-01 09:50 Ann completed hub DRUG=better")
        db.session.commit()
    assert "completed, objectives met" in worker.get(f"{case}/timeline?show=everything").text
    assert (
        press(worker, worker.get(f"{case}/withdraw/outcome"), "Yes, they took it back").status_code
        == 303
    )
    page = worker.get(f"{case}/timeline?show=everything").text
    assert "completed" in page
    assert "objectives met" not in page
