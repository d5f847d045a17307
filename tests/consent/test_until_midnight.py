"""A yes holds for a year, until midnight in Scotland, for whom it was meant and no further."""

import pytest
from support.stories import moment, staff

from referral.consent.actions import PLAINLY, Agreement, Circumstances, confirm, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.consent.queries import for_services, may, own_yes, stands
from referral.directory.queries import every_service

GIVEN = moment("2026-08-03 00:30")  # in summer time: still the day before in UTC
LAST = moment("2027-08-02 23:59:59")
OVER = moment("2027-08-03 00:00")
DOUBT = Circumstances(provisional=True)


@pytest.fixture
def person(stories):
    return stories.play("2026-08-03 00:10 Ann booked at Govan").came["Ann"].person


def say(person, purpose, answer=Answer.GRANTED, *, at=GIVEN, how=PLAINLY, service=None, level=None):
    said = [Agreement(purpose, answer, service and service.id, level)]
    record_agreements(person, said, how, staff("Kirsty Ross"), at)


def told(person, service, at):
    """How much the person agrees that a service is told."""
    yes = for_services(Purpose.SHARE, [person.id], at).get((person.id, service.id))
    return yes and yes.level


@pytest.mark.parametrize(("at", "holds"), [(GIVEN, True), (LAST, True), (OVER, False)])
def test_a_yes_expires_at_midnight_in_scotland_a_year_later(person, at, holds):
    service, worker = every_service()[0], staff("Morag Sim")
    say(person, Purpose.CONTACT)
    say(person, Purpose.SHARE, service=service, level=Level.SUMMARY)
    assert may(worker, Purpose.CONTACT, person.id, None, at) is holds
    assert stands(person.id, Purpose.CONTACT, at) is holds
    assert (own_yes(person.id, Purpose.CONTACT, at) is not None) is holds
    assert told(person, service, at) == (Level.SUMMARY if holds else None)


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ([], False),
        ([(Answer.GRANTED, PLAINLY)], True),
        ([(Answer.GRANTED, DOUBT)], False),
        ([(Answer.REFUSED, PLAINLY)], False),
        ([(Answer.REFUSED, PLAINLY), (Answer.GRANTED, PLAINLY)], True),
        ([(Answer.GRANTED, PLAINLY), (Answer.WITHDRAWN, PLAINLY)], False),
        ([(Answer.GRANTED, PLAINLY), (Answer.GRANTED, DOUBT)], False),
        ([(Answer.WITHDRAWN, PLAINLY), (Answer.GRANTED, PLAINLY)], True),
    ],
)
def test_the_latest_answer_counts_and_a_doubtful_yes_is_none(person, answers, holds):
    for answer, how in answers:
        say(person, Purpose.CONTACT, answer, how=how)
    assert may(staff("Morag Sim"), Purpose.CONTACT, person.id, None, GIVEN) is holds
    assert stands(person.id, Purpose.CONTACT, GIVEN) is holds


def test_a_worker_makes_a_doubtful_yes_one_to_rely_on_with_its_rules(person):
    service, worker = every_service()[0], staff("Morag Sim")
    say(person, Purpose.CONTACT, how=DOUBT)
    say(person, Purpose.SHARE, how=DOUBT, service=service, level=Level.FULL)
    confirm(person, worker, GIVEN)
    assert may(worker, Purpose.CONTACT, person.id, None, GIVEN)
    assert told(person, service, GIVEN) is Level.FULL


WORKER, PEER, DESK, SERVICE = "Morag Sim", "Dougie Hay", "Kirsty Ross", "Ian Low"
NATIONAL, GUARDIAN = "Isla Gunn", "Jean Orr"
EVERYBODY = {WORKER, PEER, DESK, SERVICE, NATIONAL, GUARDIAN}


@pytest.mark.parametrize(
    ("purpose", "meant_for"),
    [
        (Purpose.TALK, {WORKER}),
        (Purpose.CONTACT, {WORKER, SERVICE}),
        (Purpose.DESK, {DESK}),
        (Purpose.HISTORY, {WORKER}),
        (Purpose.OUTCOME, {WORKER, DESK}),
        (Purpose.GROUP, {WORKER}),
    ],
)
def test_a_yes_is_for_those_it_was_meant_for(person, purpose, meant_for):
    say(person, purpose)
    may_now = {who for who in EVERYBODY if may(staff(who), purpose, person.id, None, GIVEN)}
    assert may_now == meant_for
    others = [other for other in Purpose if other not in {purpose, Purpose.SHARE}]
    assert not any(stands(person.id, other, GIVEN) for other in others)


ORDER = [Level.CONTACT, Level.SUMMARY, Level.FULL]


@pytest.mark.parametrize("granted", ORDER)
@pytest.mark.parametrize("wanted", [None, *ORDER])
def test_no_more_is_told_than_was_agreed_and_only_to_that_service(person, granted, wanted):
    service, other = every_service()[:2]
    say(person, Purpose.SHARE, service=service, level=granted)
    enough = wanted is None or ORDER.index(wanted) <= ORDER.index(granted)
    who = staff("Ian Low")
    assert may(who, Purpose.SHARE, person.id, wanted, GIVEN, service.id) is enough
    assert not may(who, Purpose.SHARE, person.id, wanted, GIVEN, other.id)
    assert not may(who, Purpose.SHARE, person.id, wanted, GIVEN)
