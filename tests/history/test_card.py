"""The card of who comes back says what they agreed custody staff may see, and nothing beside it."""

from dataclasses import replace

from support.stories import Stories, centre, moment

from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.history.queries import Card, card_for

BEFORE = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann not-fit
2026-08-03 10:00 Ann agreed telling DRUG HOUS
2026-08-03 11:00 Ann referred to hub homes
2026-08-03 12:00 Ann accepted by hub
2026-08-03 12:00 Ann turned-away by homes because CAP
2026-08-03 14:00 Ann released
"""


def card(stories: Stories) -> Card:
    """What the desk sees when she is booked again a week later, having let it see that."""
    stories.play(BEFORE)
    person, then = stories.came["Ann"].person, moment("2026-08-03 13:00")
    yes = [Agreement(Purpose.DESK, Answer.GRANTED)]
    record_agreements(person, yes, PLAINLY, stories.worker, then)
    stories.play("2026-08-10 09:00 Ann booked at Govan")
    here = replace(stories.officer, centre_id=centre("Govan").id)
    return card_for(here, stories.came["Ann"], moment("2026-08-10 09:00"))


def test_with_a_service_that_said_no_they_never_were(stories):
    assert [known.service for known in card(stories).known] == ["Recovery hub"]


def test_who_was_found_not_fit_was_not_asked(stories):
    assert [earlier.answer for earlier in card(stories).asked] == ["accepted"]
