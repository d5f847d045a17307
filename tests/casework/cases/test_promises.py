"""What a team has promised in a case, whose it is, and when somebody who comes back joins it."""

from datetime import timedelta

import pytest
from support.stories import moment, staff

from referral.accounts.users.models import User
from referral.casework.cases.models import Promise
from referral.casework.cases.next_steps import NextStep, in_turn
from referral.casework.cases.owner_actions import give, take
from referral.casework.cases.queries import open_case_of
from referral.casework.cases.refusals import ColleagueHasIt, NotInTeam, NotYours
from referral.consent.actions import withdraw
from referral.consent.purposes import Purpose
from referral.db import db

AT = moment("2026-08-03 09:00")
LATER = AT + timedelta(hours=1)


@pytest.mark.parametrize(
    ("promises", "first"),
    [
        ([(AT, NextStep.SEE), (LATER, NextStep.REVIEW)], NextStep.SEE),
        ([(LATER, NextStep.SEE), (AT, NextStep.REVIEW)], NextStep.REVIEW),
        ([(AT, NextStep.SEE), (LATER, NextStep.ANSWER)], NextStep.SEE),
        ([(AT, NextStep.CHASE), (AT, NextStep.ANSWER)], NextStep.ANSWER),
    ],
)
def test_the_first_promise_is_next_and_of_equal_ones_a_question(promises, first):
    made = [Promise(due_at=due_at, act=act) for due_at, act in promises]
    assert in_turn(made)[0].act is first


OPENED = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:30 Ann agreed telling DRUG
"""


def test_somebody_in_the_cells_is_seen_within_twelve_hours_of_the_authorisation(stories):
    stories.play(OPENED)
    assert stories.see_by("Ann") == AT + timedelta(hours=12)
    late = "2026-08-03 09:00 Bob booked at Govan\n2026-08-04 07:00 Bob agreed"
    stories.play(late)
    assert stories.see_by("Bob") == moment("2026-08-04 07:00")  # at once: they may be gone


def test_who_declines_in_the_same_stay_is_not_called_for(stories):
    stories.play(OPENED + "2026-08-03 11:00 Ann declined telling DRUG")
    assert stories.case("Ann").has_promised(NextStep.SEE) is None
    assert stories.case("Ann").next_act == "hand_off"


@pytest.mark.parametrize("withdrawn", [False, True])
def test_who_comes_back_goes_on_only_while_they_want_to_talk(stories, withdrawn):
    stories.play(OPENED + "2026-08-03 14:00 Ann released")
    first = stories.came["Ann"]
    if withdrawn:
        withdraw(first.person, Purpose.TALK, stories.worker, LATER)
    stories.play("2026-08-10 09:00 Ann booked at Govan")
    case = open_case_of(first.person_id)
    assert case.booking_id == (first if withdrawn else stories.came["Ann"]).id


def user(name):
    return db.session.get_one(User, staff(name).user_id)


def test_a_worker_gives_their_own_cases_and_a_lead_gives_any(stories):
    case = stories.play(OPENED).case("Ann")
    other = user("Catriona Fox")
    with pytest.raises(NotYours):
        give(case, other, case.version, stories.worker, AT)
    take(case, case.version, stories.worker, AT)
    db.session.flush()
    with pytest.raises(ColleagueHasIt):
        take(case, case.version, other.actor, AT)
    give(case, other, case.version, stories.worker, AT)
    with pytest.raises(NotYours):
        give(case, user("Morag Sim"), case.version, stories.worker, AT)
    give(case, user("Morag Sim"), case.version, stories.lead, AT)
    assert case.worker_id == stories.worker.user_id
    give(case, None, case.version, stories.lead, AT)
    assert case.worker_id is None


@pytest.mark.parametrize("name", ["Ian Low", "Dougie Hay", "Kirsty Ross"])
def test_a_case_goes_to_nobody_who_cannot_work_it(stories, name):
    case = stories.play(OPENED).case("Ann")
    with pytest.raises(NotInTeam):
        give(case, user(name), case.version, stories.lead, AT)
