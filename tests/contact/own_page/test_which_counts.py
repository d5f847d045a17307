"""Of several cases, cards and referrals of one person, the one by which their own page goes."""

from datetime import timedelta

import pytest
from support.stories import Stories, moment

from referral.contact.own_page.actions import code_for
from referral.contact.own_page.queries import case_of, code_on, last_card, referrals_to
from referral.handoff.referrals.models import Referral

CLOSED_THEN_OPEN = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
2026-08-03 12:00 Ann released
2026-08-04 09:00 Ann closed DONE
2026-08-10 09:00 Ann booked at Govan
2026-08-10 09:30 Ann agreed telling DRUG
2026-08-10 12:00 Ann released
"""
OPEN_THEN_CLOSED = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
2026-08-03 12:00 Ann released
2026-08-10 09:00 Annie booked at Govan
2026-08-10 09:30 Annie agreed telling DRUG
2026-08-10 12:00 Annie released
2026-08-11 09:00 Annie closed DONE
2026-08-12 09:00 Ann same-as Annie
"""
SENT = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
2026-08-03 10:00 Ann referred to hub
"""
NO = "\n2026-08-04 09:00 Ann turned-away by hub because CAP"
AGAIN = "\n2026-08-05 10:00 Ann referred to hub"
NO_AGAIN = "\n2026-08-06 09:00 Ann turned-away by hub because CAP"
MISTAKE = "\n2026-08-06 09:00 Ann entered-in-error by hub"


@pytest.mark.parametrize(
    ("story", "day"),
    [
        (CLOSED_THEN_OPEN, 10),
        (CLOSED_THEN_OPEN + "2026-08-11 09:00 Ann closed DONE", 10),
        (OPEN_THEN_CLOSED, 3),
    ],
    ids=["the open one", "else the last", "the open one, though another began later"],
)
def test_of_several_cases_the_open_one_counts_or_else_the_last(stories, story, day):
    stories.play(story)
    opened = case_of(stories.came["Ann"].person_id).opened_at
    assert opened == moment(f"2026-08-{day:02} 09:30")


def test_the_last_card_is_the_newest_of_several(stories):
    person = stories.play("2026-08-03 09:00 Ann booked at Govan").came["Ann"].person
    person.date_of_birth = moment("1985-05-03 12:00").date()
    at, year = moment("2026-08-03 10:00"), timedelta(days=365)
    for when in (at, at + year + timedelta(days=1)):
        code = code_for(person, stories.worker.organisation_id, stories.worker, when)
        assert code_on(last_card(person.id)) == code


@pytest.mark.parametrize(
    ("story", "sent"),
    [
        (SENT + NO, [3]),
        (SENT + NO + AGAIN, [5]),
        (SENT + NO + AGAIN + NO_AGAIN, [5]),
        (SENT + NO + AGAIN + MISTAKE, [3]),
    ],
    ids=["the only one", "the open one", "else the last", "none by mistake"],
)
def test_to_each_service_the_open_referral_counts_or_else_the_last(stories, story, sent):
    assert [one.sent_at.day for one in to_hub(stories.play(story))] == sent


def test_the_open_referral_counts_though_another_was_sent_later(stories):
    stories.play(SENT + SENT.replace("-03", "-07").replace("Ann", "Annie"))
    stories.play("2026-08-08 09:00 Annie turned-away by hub because CAP")
    stories.play("2026-08-09 09:00 Ann same-as Annie")
    assert [one.sent_at.day for one in to_hub(stories)] == [3]


def to_hub(stories: Stories) -> list[Referral]:
    """What the page of the first who came goes by."""
    return referrals_to(stories.came["Ann"].person_id)
