"""How far the numbers can be trusted: what nobody wrote down, and what is out of date."""

from datetime import timedelta

from reports import stories as told_stories
from reports.counting import LATER, cells, many, own, told_to, values
from sqlalchemy import update
from support.stories import moment

from referral.db import db
from referral.directory.models import Service
from referral.handoff.withdrawals.running_out_actions import tell_of_the_end
from referral.handoff.withdrawals.running_out_queries import lapsed_due
from referral.journey.actions import keep_what_changed
from referral.published.audiences import Audience
from referral.published.tables import Code, Number

UNSAID = f"""{told_stories.ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
"""
NOBODY_KNOWS = f"""{told_stories.STARTED}
2026-09-06 11:00 Ann completed by hub DRUG=unknown MH=unknown
"""
NOT_ASKED = """
2026-08-03 09:00 {} booked at Govan
2026-08-03 09:30 {} not-asked because OTHER
"""


def test_the_unknown_of_each_step_is_that_of_the_ladder(stories):
    stories.play(UNSAID + NOT_ASKED.replace("{}", "Bob") + "2026-08-05 09:00 Cat booked at Govan\n")
    told = own("quality")
    for step in ("asked", "agreed", "referred", "accepted", "engaged", "outcome"):
        assert values(told, "unknown", step)[0] == values(told, "ladder", step)[3]
    assert values(told, "unknown", "engaged")[:2] == [1, 1]


def test_what_nobody_wrote_down_of_a_referral(stories):
    stories.play(UNSAID)
    told = own("quality")
    assert values(told, "missing", "unsaid")[:2] == [1, 1]
    assert values(told, "missing", "loop_open")[:2] == [1, 1]
    assert values(told, "missing", "outcome_unknown")[:2] == [0, 0]


def test_an_end_of_which_nobody_said_what_changed(stories):
    stories.play(NOBODY_KNOWS)
    told = own("quality")
    assert values(told, "missing", "outcome_unknown")[:2] == [1, 1]
    assert values(told, "missing", "loop_open")[:2] == [0, 1]
    assert values(told, "missing", "unsaid")[:2] == [0, 1]


def test_a_reason_that_says_only_other(stories):
    stories.play(many(NOT_ASKED, 3) + many(NOT_ASKED.replace("OTHER", "RELQ"), 21, 3))
    assert values(own("quality"), "other", "not_asked") == [3, 24, 13, 10]


def test_a_yes_that_ran_out_while_the_referral_was_open(stories):
    over = moment("2028-01-10 09:00")
    stories.play(told_stories.REFERRED)
    tell_of_the_end(lapsed_due(over), over)
    db.session.flush()
    keep_what_changed(db.session())
    assert values(own("quality", when="2028-01-11 10:00"), "missing", "consent_over")[:2] == [1, 1]
    assert values(own("quality"), "missing", "consent_over")[:2] == [0, 1]


def test_a_yes_that_runs_out_after_the_end_is_nothing_missing(stories):
    over = moment("2028-01-10 09:00")
    stories.play(NOBODY_KNOWS)
    tell_of_the_end(lapsed_due(over), over)
    db.session.flush()
    keep_what_changed(db.session())
    assert values(own("quality", when="2028-01-11 10:00"), "missing", "consent_over")[:2] == [0, 1]


def test_services_that_have_not_said_for_long_how_they_stand(stories):
    stories.play(told_stories.OPENING)
    db.session.execute(update(Service).values(capacity_as_at=moment(LATER)))
    stale, every, share = values(own("quality"), "capacity", "stale")
    assert (stale, share) == (0, 0)
    db.session.execute(update(Service).values(capacity_as_at=moment(LATER) - timedelta(days=91)))
    assert values(own("quality"), "capacity", "stale") == [every, every, 100]


def test_few_are_withheld_outside(stories):
    stories.play(many(NOT_ASKED, 6) + many(NOT_ASKED.replace("OTHER", "RELQ"), 34, 6))
    partner = told_to(Audience.PARTNER, "quality")
    assert cells(partner, "other", "not_asked")["count"] == Number(6)
    public = told_to(Audience.PUBLIC, "quality")
    assert cells(public, "other", "not_asked")["count"].code is Code.WITHHELD
    assert cells(public, "other", "not_asked")["share"].code is Code.WITHHELD
