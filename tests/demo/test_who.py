"""The demo asks who people are, and the same measures after twelve weeks, so that change shows."""

from collections import Counter

from casework.change.test_again import STORY
from sqlalchemy import select
from support.html import read, words
from support.stories import Stories, moment

from referral.casework.assessment.models import Assessment
from referral.casework.change.models import MeasureAgain
from referral.clock import today
from referral.db import db
from referral.demo.assessing import measure_again
from referral.demo.people import DISABILITY, ETHNICITY, SPOKEN, Who, who_it_is
from referral.directory.queries import choices
from referral.people.models import Person


def invented(number: int, language: str = "en") -> Who:
    """Somebody of that number."""
    return who_it_is(Person(forename="Jim", surname=f"Reid{number}", language=language))


def test_who_somebody_is_says_a_code_of_the_list_and_the_same_each_time(app):
    with app.app_context():
        listed = {name: dict(choices(name, today())) for name in ("ethnicity", "disability")}
    assert {*ETHNICITY, *SPOKEN.values()} <= listed["ethnicity"].keys()
    assert listed["disability"].keys() == DISABILITY.keys()
    many = [invented(number) for number in range(400)]
    assert many == [invented(number) for number in range(400)]
    said = Counter(one.ethnicity for one in many)
    assert said["W-SCO"] > 200
    assert said[None] > 10
    assert said["UNSAID"] > 5
    assert {one.disability for one in many} == {None, *DISABILITY}
    assert {invented(number, "pl").ethnicity for number in range(20)} <= {None, "W-POL"}


def test_whoever_is_reached_after_twelve_weeks_answers_the_same_measures_again(app, worker):
    with app.app_context():
        stories = Stories().play(STORY)
        case, point = stories.case("Ann"), stories._point("Ann", "12w")
        measure_again(point, stories.worker, moment("2026-10-26 11:00"))
        db.session.commit()
        rows = db.session.scalars(select(MeasureAgain).order_by(MeasureAgain.order)).all()
        assert [row.instrument for row in rows] == ["phq-2", "gad-2"]
        number = case.id
    page = words(read(worker.get(f"/cases/{number}").text).main)
    assert "PHQ-2 (mood) : then 5" in page
    assert "Ask the same measures again" not in page


def test_before_they_are_reached_nothing_is_asked_again(app):
    with app.app_context():
        stories = Stories().play(STORY.rsplit("\n", 2)[0])
        measure_again(stories._point("Ann", "12w"), stories.worker, moment("2026-10-26 11:00"))
        assert db.session.scalars(select(MeasureAgain)).all() == []
        assert db.session.scalars(select(Assessment)).all()
