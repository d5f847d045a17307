"""The view of services: answers, first contact, meetings, outcomes, loops, and the unknown."""

import pytest
from reports import stories as told_stories
from reports.counting import cells, many, own, told_to, values, wanted
from sqlalchemy import select

from referral.db import db
from referral.directory.models import Service
from referral.published.audiences import Audience
from referral.published.tables import Code
from referral.reports.service_queries import service

ENDED = "2026-09-06 11:00 Ann completed by hub DRUG=better MH=unknown\n"
STORY = (
    told_stories.STARTED
    + """
2026-08-05 09:00 Bob booked at Govan
2026-08-05 09:30 Bob agreed telling DRUG HOUS
2026-08-05 10:00 Bob referred to hub homes
2026-08-08 10:00 Bob turned-away by homes because CAP
"""
)


def id_of(name: str) -> str:
    return str(db.session.scalars(select(Service.id).where(Service.name == name)).one())


def test_each_service_stands_for_itself_and_all_together(stories):
    stories.play(STORY)
    told = own("service")
    assert values(told, "answer", "")[:5] == [3, 1, 1, 0, 1]
    assert values(told, "answer", id_of("Recovery hub"))[:5] == [2, 1, 0, 0, 1]
    assert values(told, "answer", id_of("Housing first"))[:5] == [1, 0, 1, 0, 0]
    assert values(told, "reasons", "CAP") == [1, 0]


def test_hours_until_an_answer_are_by_the_clock(stories):
    stories.play(STORY)
    told = own("service")
    assert values(told, "answer_times", "") == [2, 47.5, 72]
    assert values(told, "acknowledged", "")[:7] == [3, 1, 1, 0, 0, 0, 1]
    assert values(own("service", when="2026-08-06 10:00"), "acknowledged", "")[5] == 2


@pytest.mark.parametrize(
    ("story", "table", "expected"),
    [
        (told_stories.ACCEPTED, "contact", [1, 0, 0, 0, 1]),
        (told_stories.STARTED, "contact", [1, 1, 0, 0, 0]),
        (told_stories.STARTED, "met", [1, 1, 0, 0, 0]),
        (told_stories.ACCEPTED, "met", [1, 0, 0, 0, 1]),
        (told_stories.ACCEPTED + ENDED, "met", [1, 0, 1, 0, 0]),
        (told_stories.STARTED, "kept", [1, 0, 0, 0, 1]),
        (told_stories.STARTED + ENDED, "kept", [1, 0, 1, 0, 0]),
        (told_stories.STARTED, "outcome", [1, 0, 0, 0, 1]),
        (told_stories.STARTED + ENDED, "outcome", [1, 1, 0, 0, 0]),
        (told_stories.REFERRED, "loop", [1, 0, 1, 0]),
        (told_stories.STARTED + ENDED, "loop", [1, 1, 0, 0]),
    ],
)
def test_where_a_referral_stands(stories, story, table, expected):
    stories.play(story)
    assert values(own("service", when="2027-02-01 10:00"), table, "")[:-1] == expected


def test_a_window_that_is_open_is_not_yet(stories):
    stories.play(told_stories.ACCEPTED)
    early = own("service", when="2026-08-05 09:00")
    assert values(early, "contact", "")[3] == 1
    assert values(early, "met", "")[3] == 1
    assert values(early, "loop", "")[3] == 1


def test_an_organisation_reads_of_its_own_services_alone(stories):
    stories.play(STORY)
    hub = db.session.scalars(select(Service).where(Service.name == "Recovery hub")).one()
    counted = service(wanted(), hub.organisation_id)
    table = counted.tables[0]
    assert [row.title for row in table.rows] == ["All services", "Recovery hub"]
    assert not list(counted.cells.wrong())


def test_few_referrals_are_withheld_outside(stories):
    sent = "".join(
        f"2026-08-05 {time}\n"
        for time in (
            "09:00 {} booked at Govan",
            "09:30 {} agreed telling DRUG",
            "10:00 {} referred to hub",
        )
    )
    refused = "2026-08-06 09:00 {} turned-away by hub because CAP\n"
    stories.play(many(sent, 34) + many(refused, 7))
    partner = told_to(Audience.PARTNER, "service")
    assert values(partner, "answer", "")[:3] == [34, 0, 7]
    public = told_to(Audience.PUBLIC, "service")
    assert cells(public, "answer", "")["refused"].code is Code.WITHHELD


def test_a_share_waits_until_the_time_is_over_and_enough_is_known(stories):
    sent = "".join(f"2026-08-05 {time}\n" for time in (
        "09:00 {} booked at Govan", "09:30 {} agreed telling DRUG", "10:00 {} referred to hub",
        "11:00 {} accepted by hub"))  # fmt: skip
    reached = "2026-08-06 09:00 {} reached by hub\n"
    stories.play(many(sent, 20) + many(reached, 18))
    assert cells(own("service"), "contact", "")["share"].value == 90
    stories.play(many(sent, 10, 20))
    assert cells(own("service"), "contact", "")["share"].code is Code.NOT_KNOWN
    early = own("service", when="2026-08-07 09:00")
    assert cells(early, "contact", "")["share"].code is Code.TOO_EARLY
