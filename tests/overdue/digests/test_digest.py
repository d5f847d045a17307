"""Each weekday morning a line to each person: how many, and nothing that identifies anybody."""

from datetime import timedelta

import pytest
from conftest import EMAILS
from journeys.test_whole_loop import accept, book, hand_over

from referral import clock
from referral.access.permissions import Role
from referral.jobs.runner import Halt, Worker


@pytest.fixture
def mornings(app):
    """Runs the workers at eight on the next days; returns the digests by address."""

    def run(days: int) -> dict[str, str]:
        first = clock.now().replace(hour=0, minute=0)
        with app.app_context():
            for day in range(days + 1):
                at = first + timedelta(days=day, hours=9)
                Worker(app.extensions["work"], lambda at=at: at).drain(Halt())
        letters = app.extensions["mailbox"].letters()
        return {x.to: x.subject + x.body for x in letters if x.subject.startswith("Today")}

    return run


def test_a_service_with_a_new_referral_is_told_a_number_and_the_others_nothing(as_role, mornings):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    accept(desk, book(desk))
    hand_over(worker)
    told = mornings(3)
    assert "1 new" in told[EMAILS[Role.SERVICE_WORKER]]
    assert EMAILS[Role.SERVICE_MANAGER] not in told  # of another organisation, which has nothing
    assert EMAILS[Role.ADMINISTRATOR] not in told
    for text in told.values():
        assert not any(word in text for word in ("R-", "McAlister", "Drugs", "Recovery"))


def test_a_worker_is_told_of_a_case_that_nobody_has(as_role, mornings):
    desk = as_role(Role.CUSTODY_OFFICER)
    accept(desk, book(desk))
    told = mornings(3)
    assert "1 new, 0 waiting" in told[EMAILS[Role.WORKER]]
    assert "http://127.0.0.1:8000/" in told[EMAILS[Role.WORKER]]


def test_who_has_nothing_gets_nothing(app, mornings):
    assert mornings(3) == {}
