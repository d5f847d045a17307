"""The same short measures are asked again, and the case shows how far somebody has come."""

import pytest
from support.html import read, words
from support.stories import Stories, moment

from referral.casework.assessment.instruments import instruments
from referral.casework.change.actions import AgainDetails, AnswerOne, NotAskedAtFirst, ask_again
from referral.casework.change.models import MeasureAgain
from referral.casework.change.queries import to_ask_again
from referral.casework.change.travelled import Change, change_of
from referral.casework.contact_plan.queries import plan_of
from referral.db import db

STORY = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
2026-08-03 10:00 Ann measured phq-2=5 gad-2=1
2026-08-03 13:00 Ann planned
2026-08-03 14:00 Ann released
2026-10-26 10:00 Ann told-us 12w yes
"""


@pytest.fixture
def numbers(app):
    """The numbers of Ann's case and of the time at which she was reached after twelve weeks."""
    with app.app_context():
        stories = Stories().play(STORY)
        case = stories.case("Ann")
        point = stories._point("Ann", "12w")
        db.session.commit()
        return case.id, point.id


def test_what_was_answered_at_first_is_asked_again_in_the_same_words(numbers, worker):
    case, point = numbers
    page = worker.get(f"/cases/{case}").text
    assert "Ask the same measures again, 12 weeks" in words(read(page).main)
    again = f"/cases/{case}/reviews/{point}/measures"
    asked = read(worker.get(again).text)
    assert [words(one) for one in asked.select("summary")][-2:] == ["PHQ-2 (mood)", "GAD-2 (worry)"]
    assert instruments()["phq-2"].questions[0].text in words(asked.main)
    assert not asked.select("main [checked]")
    assert worker.submit(again, {}).status_code == 422
    sent = {"item_phq-2_0": "1", "item_phq-2_1": "1"}
    assert worker.submit(again, sent).status_code == 303
    page = words(read(worker.get(f"/cases/{case}").text).main)
    assert "The measures are recorded." in page
    assert "PHQ-2 (mood) : then 5, 3 Aug 2026; now 2," in page
    assert "better" in page
    assert "Ask the same measures again" not in page


def test_a_second_answer_takes_the_place_of_the_first_and_both_are_kept(numbers, worker, app):
    case, point = numbers
    again = f"/cases/{case}/reviews/{point}/measures"
    for answer in ("0", "3"):
        worker.submit(again, {"item_phq-2_0": answer, "item_phq-2_1": "3"})
    assert "now 6," in words(read(worker.get(f"/cases/{case}").text).main)
    with app.app_context():
        assert db.session.query(MeasureAgain).count() == 2


def test_what_was_not_answered_at_first_is_not_asked_again(stories):
    case = stories.play(STORY).case("Ann")
    assert [one.id for one in to_ask_again(case)] == ["phq-2", "gad-2"]
    point = stories._point("Ann", "12w")
    at = moment("2026-10-26 11:00")
    with pytest.raises(NotAskedAtFirst):
        ask_again(point, AgainDetails({"fast": [0, 0, 0, 0]}), stories.worker, at)
    with pytest.raises(AnswerOne):
        ask_again(point, AgainDetails(), stories.worker, at)
    assert plan_of(case) is point.plan


@pytest.mark.parametrize(
    ("code", "then", "now", "change"),
    [
        ("audit-c", 8, 7, Change.BETTER), ("fast", 3, 4, Change.WORSE),
        ("phq-2", 3, 3, Change.SAME), ("gad-2", 6, 0, Change.BETTER),
        ("dast-10", 2, 3, Change.WORSE), ("core-10", 20, 10, Change.BETTER),
        ("dudit", 9, 10, Change.WORSE), ("swemwbs", 20, 25, Change.BETTER),
        ("swemwbs", 25, 20, Change.WORSE), ("row", 10, 50, None),
    ],
)  # fmt: skip
def test_each_pack_says_which_way_is_better(code, then, now, change):
    assert change_of(instruments()[code], then, now) is change


def test_what_they_say_of_themselves_is_kept_and_shown_on_no_page(numbers, worker, app):
    case, _ = numbers
    page = worker.get(f"/cases/{case}/assessment").text
    assert "White: Scottish" in page
    sent = {"severity_DRUG": "high", "ethnicity": "W-GYP", "disability": "LOT"}
    done = worker.submit(f"/cases/{case}/assessment", sent)
    assert done.status_code == 303
    for shown in (done.location, f"/cases/{case}", f"/cases/{case}/timeline"):
        text = worker.get(shown).text
        assert "Gypsy" not in text
        assert "limited a lot" not in text
    form = read(worker.get(f"/cases/{case}/assessment").text)
    assert not [o for o in form.select("[name=ethnicity] [selected]") if o["value"]]
