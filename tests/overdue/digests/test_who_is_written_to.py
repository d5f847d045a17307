"""Who gets a digest, and what is counted for each: what is new, and what of theirs is due."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from support.stories import Stories, staff

from referral.accounts.users.models import User
from referral.db import db
from referral.overdue.digests.queries import DigestCounts, counts_for, filled_digest, readers

SECOND = timedelta(seconds=1)
SENT = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:30 Ann agreed telling DRUG
2026-08-03 11:00 Ann referred to hub
"""


def user(name: str) -> User:
    return db.session.get_one(User, staff(name).user_id)


def test_only_who_may_sign_in_and_has_something_to_do_is_written_to(stories):
    at = datetime(2026, 8, 3, 8, tzinfo=UTC)
    names = {reader.name for reader in readers(at)}
    assert names == {
        *("Morag Sim", "Catriona Fox", "Ruth Kerr"),
        *("Ian Low", "Eva Dow", "Anna Weir", "Lewis Tait", "Shona Bell"),
    }
    user("Catriona Fox").state = "locked"
    db.session.flush()
    assert {reader.name for reader in readers(at)} == names - {"Catriona Fox"}


def test_a_service_is_told_what_is_new_and_then_what_is_due(stories: Stories):
    stories.play(SENT)
    referral = stories.referral("Ann", "hub")
    service, elsewhere = user("Ian Low"), user("Eva Dow")
    assert counts_for(service, referral.due_at) == DigestCounts(1, 0)
    assert counts_for(elsewhere, referral.due_at) == DigestCounts(0, 0)
    stories.play("2026-08-03 12:00 Ann accepted by hub")
    assert counts_for(service, referral.due_at) == DigestCounts(0, 0)
    assert counts_for(service, referral.due_at + SECOND) == DigestCounts(0, 1)


def test_a_team_is_told_of_cases_that_nobody_has_and_a_worker_of_their_own_that_are_due(stories):
    case = stories.play(SENT).case("Ann")
    mine, other = user("Morag Sim"), user("Catriona Fox")
    assert counts_for(mine, case.due_at) == counts_for(other, case.due_at) == DigestCounts(1, 0)
    case.worker_id = mine.id
    db.session.flush()
    assert counts_for(mine, case.due_at) == DigestCounts(0, 0)
    assert counts_for(mine, case.due_at + SECOND) == DigestCounts(0, 1)
    assert counts_for(other, case.due_at) == DigestCounts(0, 0)


def test_a_digest_that_waited_does_not_leave_to_who_has_gone_or_has_nothing_left(stories):
    case = stories.play(SENT).case("Ann")
    reader = db.session.scalars(select(User).filter_by(name="Morag Sim")).one()
    assert filled_digest(reader.id, case.due_at)["unread"] == "1"
    reader.state = "locked"
    assert filled_digest(reader.id, case.due_at) is None
    reader.state, case.worker_id = "active", user("Catriona Fox").id
    db.session.flush()
    assert filled_digest(reader.id, case.due_at) is None
