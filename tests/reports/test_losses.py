"""Where people were lost, and why: the reasons of a loss make up those who did not go on."""

import pytest
from reports import stories as told_stories
from reports.counting import cells, many, own, told_to, values, wanted

from referral.published.audiences import Audience
from referral.published.tables import Code
from referral.reports.catalogue_queries import KINDS

UNASKED = """
2026-08-03 09:00 {} booked at Govan
2026-08-03 09:30 {} not-asked because RELQ
2026-08-03 15:00 {} released
"""
DECLINED = """
2026-08-03 09:00 {} booked at Govan
2026-08-03 09:30 {} declined because TRUST
"""
TURNED_AWAY = "2026-08-04 10:00 Ann turned-away by hub because CAP\n"


def lost(told) -> dict[str, object]:
    """How many people were lost by each reason that somebody has."""
    return {row.code: row.cells[0].value for row in table_of(told).rows if row.cells[0].value}


def table_of(told):
    """The table of losses."""
    return next(one for one in told.tables if one.code == "losses")


@pytest.mark.parametrize("report", ["national", "adp"])
def test_each_loss_is_made_up_by_its_reasons(stories, report):
    stories.play(many(UNASKED, 2) + many(DECLINED, 3, 2) + told_stories.REFERRED + TURNED_AWAY)
    told = own(report)
    assert lost(told) == {"asked:RELQ": 2, "agreed:TRUST": 3, "accepted:CAP": 1}
    for step in ("asked", "agreed", "referred", "accepted", "engaged", "outcome"):
        mine = [number for code, number in lost(told).items() if code.startswith(f"{step}:")]
        assert sum(mine) == values(told, "ladder", step)[1]


def test_a_loss_of_which_no_reason_is_written_down_is_told_as_such(stories):
    stories.play(DECLINED.replace("{}", "Ann").replace(" because TRUST", ""))
    assert lost(own("national")) == {"agreed:no_reason": 1}


def test_who_left_while_the_answer_was_open_did_not_say_no(stories):
    line = DECLINED.replace("declined because TRUST", "put-off")
    stories.play(line.replace("{}", "Ann") + "2026-08-03 15:00 Ann released")
    assert lost(own("national")) == {"agreed:left": 1}


def test_who_may_still_go_on_is_not_lost(stories):
    stories.play(told_stories.REFERRED)
    assert lost(own("national")) == {}


def test_the_last_answer_of_several_services_counts(stories):
    stories.play(told_stories.REFERRED)
    stories.play(
        """
2026-08-04 10:00 Ann referred to homes
2026-08-05 10:00 Ann turned-away by homes because AREA
2026-08-06 10:00 Ann turned-away by hub because CAP
"""
    )
    assert lost(own("national")) == {"accepted:CAP": 1}


def test_what_was_withdrawn_was_no_answer_of_a_service(stories):
    stories.play(f"{told_stories.REFERRED}2026-08-04 10:00 Ann withdrew from hub\n")
    assert lost(own("national")) == {"accepted:withdrawn": 1}


def test_a_case_that_was_closed_with_nothing_sent_is_a_loss_of_its_own(stories):
    stories.play(f"{told_stories.OPENING}2026-08-10 10:00 Ann closed because DONE")
    assert lost(own("national")) == {"referred:closed": 1}


def test_whoever_came_furthest_elsewhere_is_not_lost_there(stories):
    again = "2026-08-20 09:00 P0 booked at Govan\n2026-08-20 09:30 P0 declined because TRIED\n"
    stories.play(many(UNASKED, 1) + again)
    assert lost(own("national")) == {"agreed:TRIED": 1}


def test_a_reason_of_few_is_withheld_and_does_not_follow_from_the_others(stories):
    few = many(UNASKED.replace("RELQ", "LANG"), 3, 20)
    stories.play(many(UNASKED, 20) + few + many(DECLINED, 20, 30))
    public = told_to(Audience.PUBLIC, "national")
    asked = [row for row in table_of(public).rows if row.code.startswith("asked:")]
    hidden = [row.code for row in asked if row.cells[0].code is Code.WITHHELD]
    assert "asked:LANG" in hidden
    whole = cells(public, "ladder", "asked")["not_reached"].code is Code.WITHHELD
    assert whole or len(hidden) > 1


def test_two_reports_that_tell_of_a_reason_mean_one_number(stories):
    stories.play(many(UNASKED, 2) + many(DECLINED, 3, 2))
    shared = set()
    national = KINDS["national"].count(wanted()).counts
    for name in ("custody", "asks"):
        other = KINDS[name].count(wanted()).counts
        both = {key for key in national.keys() & other.keys() if ":" in key[2]}
        assert all(national[key] == other[key] for key in both)
        shared |= both
    assert {key[2] for key in shared} >= {"why:RELQ", "no:TRUST"}
