"""Records that may be of one person, and what was joined and parted, in the quality report."""

import pytest
from reports.counting import GLASGOW, LATER, SCOTLAND, cells, own, told_to, values
from sqlalchemy import select
from support.stories import moment

from referral.db import db
from referral.desk.models import FromRegister, Suggestion
from referral.merging.joining.models import Joining
from referral.merging.parting.actions import PartDetails, part
from referral.people.actions import tell_apart
from referral.published.audiences import Audience
from referral.published.tables import Code
from referral.reports.catalogue_queries import report_told

HERE = "2026-08-03 09:00 {} booked at Govan\n2026-08-03 09:30 {} agreed\n"
THREE = "".join(HERE.replace("{}", name) for name in ("Ann", "Bob", "Cat"))
EDINBURGH = "S12000036"


def was_shown(stories, whose: str, other: str, *, confident: bool = True) -> None:
    """Ann's own record was chosen at her booking; another one stood on the screen too."""
    stay = stories.came[whose]
    for name, sure in ((whose, True), (other, confident)):
        row = Suggestion(booking_id=stay.id, person_id=stories.came[name].person_id, why="name")
        row.confident, row.chosen = sure, name == whose
        row.by_id, row.recorded_at = stories.officer.user_id, stay.authorised_at
        db.session.add(row)
    db.session.flush()


@pytest.fixture
def twice(stories):
    """The record of Bob looked like Ann's as well."""
    stories.play(THREE)
    was_shown(stories, "Ann", "Bob")
    return stories


def of(report, row):
    return values(report, "doubles", row)


def person(stories, name):
    return stories.came[name].person_id


def test_a_second_record_that_is_surely_theirs_is_one_to_be_joined(twice):
    assert of(own("quality"), "second") == [1]
    assert of(own("quality", EDINBURGH), "second") == [0]


def test_a_record_that_was_only_like_is_none(stories):
    stories.play(THREE)
    was_shown(stories, "Ann", "Bob", confident=False)
    assert of(own("quality"), "second") == [0]


@pytest.mark.parametrize("turned", [False, True])
def test_who_was_told_apart_is_no_second_record(twice, turned):
    both = ["Ann", "Bob"][:: -1 if turned else 1]
    at = moment("2026-08-04 10:00")
    tell_apart(*(person(twice, name) for name in both), twice.officer, at)
    db.session.flush()
    assert of(own("quality"), "second") == [0]


@pytest.mark.parametrize(("said_of", "joined"), [("Ann", "Bob"), ("Bob", "Ann")])
def test_what_was_said_of_a_record_holds_for_the_one_it_was_joined_into(twice, said_of, joined):
    at = moment("2026-08-04 10:00")
    tell_apart(person(twice, "Cat"), person(twice, said_of), twice.officer, at)
    twice.play(f"2026-08-05 10:00 {joined} same-as Cat")
    assert of(own("quality"), "second") == [0]


def test_what_is_joined_is_open_no_more_and_counts_as_joined_and_then_as_parted(twice):
    twice.play("2026-08-05 10:00 Ann same-as Bob")
    told = own("quality")
    assert [of(told, row) for row in ("second", "joined", "parted")] == [[0], [1], [0]]
    joining = db.session.scalars(select(Joining)).one()
    part(joining, PartDetails(joining.version), twice.lead, moment("2026-10-01 10:00"))
    twice.play("")
    told = own("quality")
    assert [of(told, row) for row in ("second", "joined", "parted")] == [[0], [1], [0]]
    later = own("quality", period="2026-Q4")
    assert [of(later, row) for row in ("joined", "parted")] == [[0], [1]]


def test_what_is_joined_elsewhere_is_not_counted_here(twice):
    twice.play("2026-08-05 10:00 Ann same-as Bob\n2026-08-06 10:00 Ann same-as Cat")
    assert of(own("quality", GLASGOW), "joined") == [2]
    assert of(own("quality", EDINBURGH), "joined") == [0]


def test_a_stay_of_a_file_is_open_until_somebody_says_whose_it_is(stories):
    stories.play(THREE)
    stay = stories.came["Ann"]
    came = FromRegister(booking_id=stay.id, came_at=stay.authorised_at)
    db.session.add(came)
    db.session.flush()
    assert of(own("quality"), "unsaid") == [1]
    came.said(moment("2026-08-03 11:00"))
    db.session.flush()
    assert of(own("quality"), "unsaid") == [0]


def test_how_many_were_open_at_an_earlier_moment_nobody_says(twice):
    then = moment("2026-11-01 10:00")
    told = report_told("quality", "2026-Q3", SCOTLAND, Audience.OWN, moment(LATER), then)
    assert cells(told, "doubles", "second")["number"].code is Code.NONE
    assert of(told, "joined") == [0]


def test_few_are_withheld_outside(twice):
    twice.play("".join(HERE.replace("{}", f"P{number}") for number in range(30)))
    public = told_to(Audience.PUBLIC, "quality")
    assert cells(public, "doubles", "second")["number"].code is Code.WITHHELD
