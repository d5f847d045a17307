"""A service is asked what became of somebody only where they agree that it may tell."""

from datetime import datetime, timedelta

import pytest
from support.stories import Stories, moment

from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.handoff.by_link.queries import linked_referrals, to_be_asked
from referral.handoff.referrals.telling_actions import ask_by_link
from referral.post.links.purposes import LASTS, LinkPurpose

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


def let_tell(stories: Stories, name: str, at: datetime) -> None:
    """The service may say how it went."""
    yes = [Agreement(Purpose.OUTCOME, Answer.GRANTED)]
    record_agreements(stories.came[name].person, yes, PLAINLY, stories.worker, at)


def test_each_is_asked_about_on_the_days_after_their_own_acceptance(stories):
    taken_on = {"Ann": 20, "Bob": 3, "Cat": 30, "Dan": 14, "Eve": 25, "Fay": 17, "Gil": 10}
    for name, day in taken_on.items():
        story = ACCEPTED.replace("Ann", name).replace("-03 12:00", f"-{day:02} 12:00")
        stories.play(story)
        let_tell(stories, name, moment("2026-08-30 13:00"))
    at = moment("2026-09-02 12:00")  # three days after the last of them
    days = {referral.person.forename: day for referral, day in to_be_asked(at)}
    assert days == {"Cat": 3, "Dan": 14, "Eve": 3, "Fay": 14}
    only = [stories.referral(name, "hub").id for name in ("Cat", "Gil", "Dan")]
    assert [one.person.forename for one, _ in to_be_asked(at, only)] == ["Cat", "Dan"]


def test_a_day_is_asked_about_once_and_only_where_there_is_an_address_and_somebody(stories):
    stories.play(ACCEPTED)
    let_tell(stories, "Ann", moment("2026-08-03 13:00"))
    referral, at = stories.referral("Ann", "hub"), moment("2026-08-06 12:00")
    assert to_be_asked(at) == [(referral, 3)]
    ask_by_link(referral, LinkPurpose.CAME, "day3", at)
    assert to_be_asked(at) == []
    assert to_be_asked(at + timedelta(days=11)) == [(referral, 14)]
    address, referral.service.email = referral.service.email, ""
    assert to_be_asked(at + timedelta(days=11)) == []
    referral.service.email = address
    stories.play("2026-08-07 09:00 Ann withdrew from hub")
    assert to_be_asked(at + timedelta(days=11)) == []


def test_a_service_has_what_is_open_and_what_it_has_a_good_link_to(stories):
    stories.play(ACCEPTED + ACCEPTED.replace("Ann", "Bob").replace("08-03", "08-02"))
    stories.play(
        ACCEPTED.replace("Ann", "Cat").replace("to hub", "to homes").replace("by hub", "by homes")
    )
    stories.play("""
2026-08-03 09:00 Dan booked at Govan
2026-08-03 10:30 Dan agreed telling DRUG
2026-08-03 11:00 Dan half-referred to hub
""")
    ann, bob = stories.referral("Ann", "hub"), stories.referral("Bob", "hub")
    assert list(linked_referrals(ann.service_id, moment("2026-08-04 12:00"))) == [bob, ann]
    stories.play("2026-08-05 12:00 Bob completed by hub DRUG=better")
    at = moment("2026-08-05 12:00")
    assert list(linked_referrals(ann.service_id, at)) == [ann]
    ask_by_link(bob, LinkPurpose.STOPPED, "stopped", at)
    assert list(linked_referrals(ann.service_id, at)) == [bob, ann]
    over = at + LASTS[LinkPurpose.STOPPED]
    assert list(linked_referrals(ann.service_id, over)) == [ann]
