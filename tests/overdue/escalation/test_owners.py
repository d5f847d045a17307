"""An owner is somebody who can work the cases of the team, by name and not by number."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from overdue.escalation.seeded import named, open_case, refer
from sqlalchemy import select, update

from referral.access.permissions import Permission, roles_with
from referral.accounts.users.models import User
from referral.casework.cases.models import Case
from referral.db import db
from referral.overdue.escalation.queries import check

START = datetime(2026, 9, 28, 8, tzinfo=UTC)
NUMBERS = {"least": UUID(int=1), "greatest": UUID(int=2**128 - 1)}


@pytest.fixture
def case(app):
    with app.app_context():
        yield refer(open_case(1, START), START).case


def colleague(number: UUID, state: str) -> User:
    """Somebody who works in the same team as Morag Sim."""
    like = named("Morag Sim")
    who = {"name": "Una Bain", "email": "una@example.org", "password_hash": "", "state": state}
    found = User(id=number, role=like.role, organisation_id=like.organisation_id, **who)
    db.session.add(found)
    db.session.flush()
    return found


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize(("state", "unowned"), [("active", 0), ("locked", 1), ("closed", 1)])
def test_only_who_can_work_a_case_owns_it(case, number, state, unowned):
    owner = colleague(number, state)
    db.session.execute(update(Case).where(Case.id == case.id).values(worker_id=owner.id))
    found = check(START)
    assert (found.cases.without_owner, found.referrals.without_owner) == (unowned, unowned)
    assert (found.cases.open, found.referrals.open, found.stops.open) == (1, 1, 0)
    assert found.sound is not bool(unowned)


def test_a_case_of_the_team_is_owned_as_long_as_anybody_there_can_work_it(case):
    works = User.role.in_(roles_with(Permission.WORK_CASES))
    team = select(User.id).where(works, User.organisation_id == case.team_id)
    case.worker_id = None
    db.session.flush()
    numbers = db.session.scalars(team.order_by(User.id)).all()
    for number in numbers:
        assert check(START).sound
        db.session.execute(update(User).where(User.id == number).values(state="locked"))
    found = check(START)
    assert (found.cases.on_nobodys_list, found.referrals.on_nobodys_list) == (1, 1)
    assert found.all.without_owner == 0
    assert not found.sound
