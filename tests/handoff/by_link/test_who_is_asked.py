"""A service is asked what became of somebody only where they agree that it may tell."""

from datetime import timedelta

import pytest
from support.stories import moment

from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.handoff.by_link.queries import to_be_asked

ACCEPTED = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:30 Ann agreed telling DRUG
2026-08-03 11:00 Ann referred to hub
2026-08-03 12:00 Ann accepted by hub
"""


@pytest.mark.parametrize("answer", [None, *Answer])
def test_what_became_is_asked_with_their_yes_alone(stories, answer):
    stories.play(ACCEPTED)
    at = moment("2026-08-03 12:00") + timedelta(days=3, hours=1)
    if answer:
        said = [Agreement(Purpose.OUTCOME, answer)]
        record_agreements(stories.came["Ann"].person, said, PLAINLY, stories.worker, at)
    asked = [referral.id for referral, _ in to_be_asked(at)]
    yes = [stories.referral("Ann", "hub").id]
    assert asked == (yes if answer is Answer.GRANTED else [])
