"""The pack of an ADP: those who live there, their waits, overdose flags, the official figure."""

import pytest
from reports import stories as told_stories
from reports.counting import (
    GLASGOW,
    GLASGOW_ADP,
    cells,
    many,
    own,
    told_to,
    values,
    wanted,
)
from support.stories import moment

from referral.custody.actions import ReleaseDetails
from referral.db import db
from referral.handoff.referrals.leaving_actions import leave
from referral.journey.actions import keep_what_changed
from referral.known.actions import Hearing, Saying, observe
from referral.known.now import About, SaidIn
from referral.published.audiences import Audience
from referral.published.tables import Code, Number
from referral.published.telling import told
from referral.reports.adp_queries import adp
from referral.reports.bridge_queries import Official
from referral.reports.homes import NotWhereTheyLive

AT_HOME = told_stories.STARTED.replace("booked at Govan", f"booked at Govan from {GLASGOW}")
ELSEWHERE = """
2026-08-05 09:00 Bob booked at Govan from S12000047
2026-08-05 09:30 Bob agreed telling DRUG
2026-08-05 10:00 Bob referred to hub homes
2026-08-06 09:00 Bob turned-away by homes because CAP
"""
FLAGGED = f"""
2026-08-03 09:00 {{}} booked at Govan from {GLASGOW}
2026-08-03 09:30 {{}} agreed telling DRUG
2026-08-03 10:00 {{}} referred to hub
"""
HELD = Official(7, "Source of Referrals, file of 24 November 2026")


def warned(stories, name: str, when: str) -> None:
    """Custody notes an overdose."""
    heard = Hearing(SaidIn.OFFER)
    sayings = [Saying(About.DANGER, "overdose")]
    observe(stories.came[name], sayings, heard, stories.officer, moment(when))
    db.session.flush()
    keep_what_changed(db.session())


def test_it_tells_of_those_who_live_there_wherever_they_were_held(stories):
    stories.play(AT_HOME + ELSEWHERE)
    here = own("adp", GLASGOW_ADP)
    assert values(here, "ladder", "booked")[0] == 1
    assert values(here, "referrals", "sent") == [1]
    assert values(here, "referrals", "accepted") == [1]
    everywhere = own("adp")
    assert values(everywhere, "adps", GLASGOW) == [1, 1, 1, 1, 1, 1]
    assert values(everywhere, "adps", "S12000047") == [0, 0, 1, 1, 1, 1]
    assert values(everywhere, "adps", "") == [0, 0, 0, 0, 0, 0]
    assert [values(everywhere, "referrals", one) for one in ("refused", "waiting")] == [[1], [1]]


def test_an_adp_of_one_council_names_its_numbers_as_the_council_does(stories):
    stories.play(AT_HOME)
    of_adp = adp(wanted(GLASGOW_ADP), lambda *_: HELD)
    of_council = adp(wanted(GLASGOW), lambda *_: HELD)
    assert of_adp.counts == of_council.counts


def test_a_custody_division_is_no_place_where_people_live(stories):
    with pytest.raises(NotWhereTheyLive):
        own("adp", "G")


def test_a_wait_is_from_the_referral_to_the_meeting_and_silence_is_unknown(stories):
    stories.play(AT_HOME + ELSEWHERE)
    here = own("adp")
    assert values(here, "waits", "all") == [1, 3, 3]
    assert values(here, "waits_marker", "all")[:6] == [2, 1, 0, 0, 0, 1]
    assert values(own("adp", when="2026-08-20 10:00"), "waits_marker", "all")[4] == 1
    assert values(here, "waits", "drug_alcohol")[0] == 1
    notes = next(one for one in here.tables if one.code == "waits").notes
    assert "not the official waiting-times statistic" in notes[0]


@pytest.mark.parametrize(
    ("tried", "row"),
    [("2026-08-03 15:30", "0-6"), ("2026-08-03 15:31", "6-12"), ("2026-08-04 09:30", "12-24"),
     ("2026-08-04 09:31", "24+")],
)  # fmt: skip
def test_hours_are_counted_from_the_flag_to_the_first_try(stories, tried, row):
    stories.play(FLAGGED.replace("{}", "Ann"))
    warned(stories, "Ann", "2026-08-03 09:30")
    stories.play(f"{tried} Ann left-message by hub\n{tried} Ann reached by hub")
    here = own("adp")
    assert values(here, "hours", row)[0] == 1
    assert sum(values(here, "hours", one)[0] for one in ("0-6", "6-12", "12-24", "24+")) == 1
    assert values(here, "police", "flagged")[0] == 1


def test_of_a_flag_without_a_try_nobody_knows_once_the_hours_are_over(stories):
    stories.play(FLAGGED.replace("{}", "Ann"))
    warned(stories, "Ann", "2026-08-03 09:30")
    assert values(own("adp", when="2026-08-04 09:29"), "hours", "not_yet")[0] == 1
    assert values(own("adp"), "hours", "unknown")[0] == 1


def test_what_police_gave(stories):
    stories.play(FLAGGED.replace("{}", "Ann"))
    gone = ReleaseDetails("UNDERTAKING", moment("2026-08-03 14:00"), "supplied",
                          stories.came["Ann"].version)  # fmt: skip
    leave(stories.came["Ann"], gone, stories.officer, moment("2026-08-03 14:00"))
    db.session.flush()
    keep_what_changed(db.session())
    here = own("adp")
    found = [values(here, "police", one)[0] for one in ("by_custody", "offered", "supplied")]
    assert found == [1, 1, 1]


def test_each_referral_stands_in_one_step_of_the_gap(stories):
    stories.play(AT_HOME + FLAGGED.replace("{}", "Cat"))
    here = told(adp(wanted(GLASGOW_ADP), lambda *_: HELD))
    bridge = next(one for one in here.tables if one.code == "bridge")
    numbers = {row.code: row.cells[0].value for row in bridge.rows}
    assert numbers == {
        "sent": 2, "self": 0, "agency": 0, "waiting": -1, "ended": 0,
        "rest": 6, "official": 7,
    }  # fmt: skip
    assert HELD.source in bridge.notes


def test_without_a_published_figure_nothing_is_explained(stories):
    stories.play(AT_HOME)
    here = own("adp", GLASGOW_ADP)
    missing = {"referrals": Number(None, Code.NOT_KNOWN)}
    assert cells(here, "bridge", "official") == missing
    assert cells(here, "bridge", "rest") == missing


def test_partners_read_no_small_count_and_everybody_fewer(stories):
    asked = (
        f"2026-08-03 09:00 {{}} booked at Govan from {GLASGOW}\n2026-08-03 09:30 {{}} declined\n"
    )
    stories.play(many(asked, 32) + many(FLAGGED, 6, 32))
    partner = told_to(Audience.PARTNER, "adp", GLASGOW_ADP)
    public = told_to(Audience.PUBLIC, "adp", GLASGOW_ADP)
    assert values(partner, "referrals", "sent") == [6]
    assert cells(public, "referrals", "sent")["number"].code is Code.WITHHELD
    assert values(public, "ladder", "booked")[0] == 38
    assert 0 < partner.withheld < public.withheld
