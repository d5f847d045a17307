"""The whole life of a yes: who may by it when it begins, ends, and begins again.

Midnight is Scotland's: a yes that was given in summer ends at 23:00 UTC, whenever it is looked at.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from access.world import BORN
from crowd import actor
from sqlalchemy import select

from referral.access.permissions import Role
from referral.consent.actions import (
    PLAINLY,
    Agreement,
    Circumstances,
    ContactRules,
    record_agreements,
)
from referral.consent.purposes import Answer, Level, Purpose
from referral.consent.queries import for_services, may, own_yes, stands
from referral.custody.actions import BookingDetails, open_booking
from referral.db import db
from referral.directory.models import Service
from referral.people.identity import Identity
from referral.people.models import Person

HUB, ELSEWHERE = "Recovery hub", "Housing first"
RULES = ContactRules(("text", "call"), "after the heron sings", False, False)
DOUBT = Circumstances(provisional=True)
Life = Callable[["Told"], None]


class Told:
    """What one person said of one purpose, one answer after the other."""

    def __init__(self, person: Person, purpose: Purpose, at: datetime) -> None:
        self.person, self.purpose, self.at = person, purpose, at

    def say(
        self,
        answer: Answer,
        how: Circumstances = PLAINLY,
        to: str = HUB,
        level: Level = Level.FULL,
    ) -> None:
        """One answer more."""
        shares = self.purpose is Purpose.SHARE
        named = select(Service.id).filter_by(name=to)
        service = db.session.scalars(named).one() if shares else None
        rules = RULES if self.purpose is Purpose.CONTACT else ContactRules()
        said = Agreement(
            self.purpose, answer, service, level if shares else None, rules, "07700 900123"
        )
        record_agreements(self.person, [said], how, actor(Role.WORKER), self.at)


def given(told: Told) -> None:
    told.say(Answer.GRANTED)


def in_doubt(told: Told) -> None:
    told.say(Answer.GRANTED, DOUBT)


def confirmed(told: Told) -> None:
    told.say(Answer.GRANTED, DOUBT)
    told.say(Answer.GRANTED)


def refused(told: Told) -> None:
    told.say(Answer.REFUSED)


def withdrawn(told: Told) -> None:
    told.say(Answer.GRANTED)
    told.say(Answer.WITHDRAWN)


def again(told: Told) -> None:
    withdrawn(told)
    told.say(Answer.GRANTED)


def in_doubt_after_a_yes(told: Told) -> None:
    told.say(Answer.GRANTED)
    told.say(Answer.GRANTED, DOUBT)


def to_another(told: Told) -> None:
    told.say(Answer.WITHDRAWN)
    told.say(Answer.GRANTED, to=ELSEWHERE)


def another_withdrawn(told: Told) -> None:
    told.say(Answer.GRANTED)
    told.say(Answer.WITHDRAWN, to=ELSEWHERE)


def contact_only(told: Told) -> None:
    told.say(Answer.GRANTED, level=Level.CONTACT)


def summary(told: Told) -> None:
    told.say(Answer.GRANTED, level=Level.SUMMARY)


LIVES: Mapping[str, Life] = {
    "never asked": lambda told: None,
    "given": given,
    "in doubt": in_doubt,
    "confirmed": confirmed,
    "refused": refused,
    "withdrawn": withdrawn,
    "given again": again,
    "in doubt after a yes": in_doubt_after_a_yes,
}
OF_SHARING: Mapping[str, Life] = {
    "given to another": to_another,
    "another withdrawn": another_withdrawn,
    "contact only": contact_only,
    "summary": summary,
}
HOLDS = {"given", "confirmed", "given again", "another withdrawn", "contact only", "summary"}
TOLD_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
PURPOSES = [purpose for purpose in Purpose if purpose is not Purpose.SHARE]
WHO_MAY = {
    Purpose.TALK: Role.WORKER,
    Purpose.SHARE: Role.SERVICE_WORKER,
    Purpose.CONTACT: Role.SERVICE_WORKER,
    Purpose.DESK: Role.CUSTODY_OFFICER,
    Purpose.HISTORY: Role.TEAM_LEAD,
    Purpose.OUTCOME: Role.WORKER,
    Purpose.GROUP: Role.WORKER,
}


@pytest.fixture
def somebody(app):
    """A person who was asked nothing yet."""
    with app.app_context():
        who = Identity("Zebedee", "Quillfeather", BORN)
        officer = actor(Role.CUSTODY_OFFICER)
        booking = open_booking(BookingDetails(who, TOLD_AT), officer, TOLD_AT)
        yield booking.person
        db.session.rollback()


def lets(person: Person, purpose: Purpose, at: datetime, to: str = HUB) -> bool:
    """Whether the one whom the purpose is meant for may now."""
    shares = purpose is Purpose.SHARE
    service = db.session.scalars(select(Service.id).filter_by(name=to)).one() if shares else None
    return may(actor(WHO_MAY[purpose]), purpose, person.id, None, at, service)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_yes_holds_in_each_part_of_its_life_as_the_table_says(somebody, purpose):
    for name, life in LIVES.items():
        with db.session.begin_nested() as part:
            life(Told(somebody, purpose, TOLD_AT))
            holds = name in HOLDS
            assert lets(somebody, purpose, TOLD_AT) is holds, name
            assert stands(somebody.id, purpose, TOLD_AT) is holds, name
            assert (own_yes(somebody.id, purpose, TOLD_AT) is not None) is holds, name
            part.rollback()


def test_sharing_holds_for_the_service_and_the_level_that_were_named(somebody):
    levels = {"contact only": Level.CONTACT, "summary": Level.SUMMARY}
    service = actor(Role.SERVICE_WORKER)
    hub = db.session.scalars(select(Service.id).filter_by(name=HUB)).one()
    for name, life in (LIVES | OF_SHARING).items():
        with db.session.begin_nested() as part:
            life(Told(somebody, Purpose.SHARE, TOLD_AT))
            wanted = levels.get(name, Level.FULL) if name in HOLDS else None
            yes = for_services(Purpose.SHARE, [somebody.id], TOLD_AT).get((somebody.id, hub))
            assert (yes and yes.level) == wanted, name
            assert lets(somebody, Purpose.SHARE, TOLD_AT, ELSEWHERE) is (name == "given to another")
            for level in Level:
                up_to = wanted is not None and list(Level).index(level) <= list(Level).index(wanted)
                assert may(service, Purpose.SHARE, somebody.id, level, TOLD_AT, hub) is up_to
            part.rollback()


# when it was given, and the first moment at which it holds no more
ENDS = [
    ("2026-01-15T12:00+00:00", "2027-01-15T00:00+00:00"),
    ("2026-07-15T12:00+00:00", "2027-07-14T23:00+00:00"),
    ("2026-07-15T22:59:59+00:00", "2027-07-14T23:00+00:00"),
    ("2026-07-15T23:00:00+00:00", "2027-07-15T23:00+00:00"),  # there it is the 16th
    ("2026-03-29T00:30:00+00:00", "2027-03-28T23:00+00:00"),  # on both days the clocks go on
    ("2027-03-01T12:00:00+00:00", "2028-02-29T00:00+00:00"),
]


@pytest.mark.parametrize(("said", "over"), ENDS)
@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_yes_ends_at_midnight_in_scotland(somebody, purpose, said, over):
    at, midnight = datetime.fromisoformat(said), datetime.fromisoformat(over)
    given(Told(somebody, purpose, at))
    before = midnight - timedelta(seconds=1)
    assert lets(somebody, purpose, before)
    assert not lets(somebody, purpose, midnight)
    if purpose is not Purpose.SHARE:
        assert stands(somebody.id, purpose, before)
        assert not stands(somebody.id, purpose, midnight)
        assert own_yes(somebody.id, purpose, midnight) is None


def test_a_yes_is_for_those_whom_its_purpose_is_meant_for_and_for_nobody_else(somebody):
    for purpose in PURPOSES:
        given(Told(somebody, purpose, TOLD_AT))
    found = {
        purpose: {role for role in Role if may(actor(role), purpose, somebody.id, None, TOLD_AT)}
        for purpose in PURPOSES
    }
    team, desk = {Role.WORKER, Role.TEAM_LEAD}, {Role.CUSTODY_OFFICER, Role.CUSTODY_SUPERVISOR}
    service = {Role.SERVICE_WORKER, Role.SERVICE_MANAGER}
    assert found == {
        Purpose.TALK: team,
        Purpose.CONTACT: team | service,
        Purpose.DESK: desk,
        Purpose.HISTORY: team,
        Purpose.OUTCOME: team | desk,
        Purpose.GROUP: team,
    }
