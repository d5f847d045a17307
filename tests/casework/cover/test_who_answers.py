"""Who answers for a case today: whoever has it, and while they are away whoever covers."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from support.stories import moment

from referral.access.actor import Actor
from referral.accounts.users.actions import UserDetails, add_user
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.casework.cases.actions import agree
from referral.casework.cases.models import Case
from referral.casework.cases.owner_actions import give, take
from referral.casework.cases.queries import Sought, cases_in
from referral.casework.cases.refusals import ColleagueHasIt, NotTheirWorker, NotYours
from referral.casework.cases.tabs import Tab
from referral.casework.cover.actions import CoverDetails, arrange, end_early
from referral.casework.cover.models import Cover
from referral.casework.cover.queries import answers_for, covered_by, duty_at, filled_cover
from referral.casework.cover.refusals import CoveredAlready, CoverEnded, CoverIsAway, NotYourLeave
from referral.consent.actions import PLAINLY, Agreement
from referral.consent.purposes import Answer, Purpose
from referral.db import db
from referral.history.routes import own
from referral.overdue.digests.queries import counts_for
from referral.overdue.escalation.actions import escalate_due
from referral.overdue.escalation.queries import steps_of
from referral.post.messages.models import Message

MONDAY, FRIDAY = date(2026, 10, 19), date(2026, 10, 23)
NOON = moment("2026-10-19 12:00")
DAY = timedelta(days=1)


def user(name: str) -> User:
    return db.session.scalars(select(User).filter_by(name=name)).one()


@pytest.fixture
def third(stories) -> User:
    """A third worker of the team, besides Morag Sim and Catriona Fox."""
    like = user("Morag Sim")
    made = add_user(
        "una@example.org", UserDetails("Una Bain", like.role, like.organisation_id), None, NOON
    )
    made.state = UserState.ACTIVE
    return made


def covers(absent: str, cover: str, first: date = MONDAY, last: date = FRIDAY) -> Cover:
    details = CoverDetails(user(absent), user(cover), first, last)
    return arrange(details, user("Ruth Kerr").actor, NOON - DAY)


@pytest.fixture
def case(stories) -> Case:
    """A case of Catriona Fox, whose person was let go."""
    stories.play(
        """
        2026-10-12 09:00 Ann booked at Govan
        2026-10-12 10:00 Ann agreed
        2026-10-12 11:00 Ann released
        """
    )
    found = stories.case("Ann")
    found.worker_id = user("Catriona Fox").id
    db.session.flush()
    db.session.refresh(found)
    return found


def on_the_day(actor: Actor, at=NOON) -> list[Case]:
    sought = Sought(covers=covered_by(actor, at))
    return list(cases_in(actor, Tab.DAY, sought, 1, at))


def test_the_cover_finds_it_on_their_day_and_the_worker_still_does(case, stories):
    assert on_the_day(stories.worker) == []
    covers("Catriona Fox", "Morag Sim")
    assert on_the_day(stories.worker) == [case]
    assert on_the_day(user("Catriona Fox").actor) == [case]
    assert on_the_day(stories.lead) == []
    assert duty_at(NOON).who(case.worker) == "Catriona Fox (away, Morag Sim covers)"


@pytest.mark.parametrize(
    ("when", "stands"),
    [("2026-10-18 23:59", False), ("2026-10-19 00:00", True), ("2026-10-23 23:59", True),
     ("2026-10-24 00:00", False), ("2026-10-24 00:30", False)],
)  # fmt: skip
def test_it_begins_and_ends_at_midnight_in_scotland_also_in_summer_time(
    case, stories, when, stands
):
    covers("Catriona Fox", "Morag Sim")
    assert answers_for(stories.worker, case.worker_id, moment(when)) is stands


def test_the_clocks_go_back_on_the_last_night_of_it(case, stories):
    covers("Catriona Fox", "Morag Sim", MONDAY, date(2026, 10, 25))
    assert answers_for(stories.worker, case.worker_id, moment("2026-10-25 23:30"))
    assert not answers_for(stories.worker, case.worker_id, moment("2026-10-26 00:00"))


def test_ended_early_it_counts_no_more_and_is_not_ended_twice(case, stories):
    cover = covers("Catriona Fox", "Morag Sim")
    end_early(cover, user("Catriona Fox").actor, NOON)
    assert not answers_for(stories.worker, case.worker_id, NOON)
    assert filled_cover(cover.id, NOON) is None
    with pytest.raises(CoverEnded):
        end_early(cover, stories.lead, NOON)
    covers("Catriona Fox", "Ruth Kerr")
    assert answers_for(stories.lead, case.worker_id, NOON)


def test_who_neither_is_away_nor_leads_ends_nothing(case, stories):
    cover = covers("Catriona Fox", "Morag Sim")
    with pytest.raises(NotYourLeave):
        end_early(cover, stories.worker, NOON)
    with pytest.raises(NotYourLeave):
        arrange(
            CoverDetails(user("Ruth Kerr"), user("Catriona Fox"), MONDAY, FRIDAY),
            stories.worker,
            NOON,
        )


def test_one_has_one_cover_a_day(case):
    covers("Catriona Fox", "Morag Sim")
    with pytest.raises(CoveredAlready):
        covers("Catriona Fox", "Ruth Kerr", FRIDAY, FRIDAY + DAY)
    covers("Catriona Fox", "Ruth Kerr", FRIDAY + DAY, FRIDAY + 2 * DAY)


def test_who_is_away_covers_for_nobody(case):
    covers("Morag Sim", "Ruth Kerr", FRIDAY, FRIDAY)
    with pytest.raises(CoverIsAway):
        covers("Catriona Fox", "Morag Sim")


def test_where_the_cover_goes_away_too_their_cover_has_both(case, stories, third):
    covers("Catriona Fox", "Morag Sim")
    covers("Morag Sim", "Una Bain", FRIDAY, FRIDAY)
    friday = NOON + 4 * DAY
    assert covered_by(third.actor, friday) == {user("Catriona Fox").id, user("Morag Sim").id}
    assert covered_by(stories.worker, friday) == set()
    assert covered_by(stories.worker, NOON) == {user("Catriona Fox").id}


@pytest.mark.parametrize("state", [UserState.LOCKED, UserState.CLOSED])
def test_where_the_cover_can_no_longer_the_team_lead_answers(case, stories, state):
    covers("Catriona Fox", "Morag Sim")
    user("Morag Sim").state = state
    db.session.flush()
    assert not answers_for(stories.worker, case.worker_id, NOON)
    assert on_the_day(stories.lead) == [case]
    assert duty_at(NOON).who(case.worker) == "Catriona Fox (away, nobody covers)"
    escalate_due(NOON, 9)
    assert steps_of(case.id)[-1].told == "Catriona Fox, Ruth Kerr"


def test_two_who_cover_for_each_other_by_a_slip_leave_nobody_alone(case, stories):
    first = covers("Catriona Fox", "Morag Sim")
    again = {
        name: getattr(first, name)
        for name in ("team_id", "first_day", "last_day", "made_at", "by_id")
    }
    db.session.add(Cover(absent_id=first.cover_id, cover_id=first.absent_id, **again))
    db.session.flush()
    assert covered_by(stories.lead, NOON) == {first.absent_id, first.cover_id}


def test_what_is_late_and_the_mornings_count_reach_the_cover_too(case, stories):
    before = counts_for(user("Morag Sim"), NOON).waiting
    covers("Catriona Fox", "Morag Sim")
    assert counts_for(user("Morag Sim"), NOON).waiting == before + 1
    assert counts_for(user("Catriona Fox"), NOON).waiting == 1
    escalate_due(NOON, 9)
    assert steps_of(case.id)[-1].told == "Catriona Fox, Morag Sim"


def test_the_cover_may_what_the_worker_may_and_no_longer_than_that(case, stories):
    yes = [Agreement(Purpose.HISTORY, Answer.GRANTED)]
    for act, rule in (
        (lambda: agree(case, yes, PLAINLY, stories.worker, NOON), NotTheirWorker),
        (lambda: give(case, None, case.version, stories.worker, NOON), NotYours),
        (lambda: take(case, case.version, stories.worker, NOON), ColleagueHasIt),
    ):
        with pytest.raises(rule):
            act()
    assert not own(case, stories.worker, NOON)
    covers("Catriona Fox", "Morag Sim")
    assert own(case, stories.worker, NOON)
    agree(case, yes, PLAINLY, stories.worker, NOON)
    give(case, user("Morag Sim"), case.version, stories.worker, NOON)
    assert case.worker_id == stories.worker.user_id


def test_the_cover_is_told_once_and_nobody_is_named(case):
    cover = covers("Catriona Fox", "Morag Sim")
    [told] = db.session.scalars(select(Message).filter_by(name="cover")).all()
    assert (told.to, told.about_id) == (user("Morag Sim").email, cover.id)
    places = filled_cover(cover.id, NOON)
    assert (places["first"], places["last"]) == ("19 Oct 2026", "23 Oct 2026")
    assert "Fox" not in str(places)
