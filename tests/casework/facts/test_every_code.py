"""Every code that says a fact, said by whoever can, and everything that may then go out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from contact.messages.reached import BY_TEXT, OUT, agree, expected, reachable
from overdue.escalation.seeded import named
from sqlalchemy import select

from referral.casework.along.actions import GoingDetails, ask_mentor
from referral.casework.along.goings import Errand
from referral.casework.along.queries import own_list
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.contact_plan.actions import TryDetails, try_to_reach
from referral.casework.contact_plan.fact_actions import TakenBack, confirm, undo
from referral.casework.contact_plan.queries import plan_of
from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.casework.facts.meanings import (
    MEANINGS,
    MEANS,
    OTHER_LISTS,
    TO_THEM,
    Fact,
    Sender,
    meant_by,
)
from referral.casework.facts.queries import facts_of
from referral.casework.outreach.queries import whole_lane
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.contact.messages.actions import FILLERS, reminders_due
from referral.contact.messages.queries import CALLED, reach_of
from referral.contact.messages.ways import Way, way_of
from referral.contact.own_page.actions import NobodyToGive, code_for
from referral.contact.worth_it.actions import worth_due
from referral.db import db
from referral.directory.models import Code, Service
from referral.directory.reference_actions import SET_BY_US
from referral.handoff.by_link.actions import asking_due
from referral.handoff.followup.actions import attempt
from referral.handoff.referrals.actions import HandOffDetails, hand_off, move
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import MOVES, Move, Side
from referral.known.actions import Hearing, Saying, observe
from referral.known.now import About, SaidIn
from referral.people.sources import Source

AT = OUT + timedelta(days=42, hours=1)
SAYS = {Move.COMPLETE: "close", Move.FAIL: "fail", Move.HOLD: "hold"}
BY_SERVICES = [("attempt", code) for code in MEANS["attempt"]] + [
    (name, code) for name in SAYS.values() for code in MEANS[name]
]


@pytest.fixture
def case(app):
    """Somebody whom everything may reach at AT, with two services of which one says something."""
    with app.app_context():
        yield somebody()


def somebody() -> Case:
    case = reachable()
    case.person.date_of_birth = OUT.date().replace(year=1985)
    worker = named("Morag Sim").actor
    overdose = Saying(About.DANGER, "overdose")
    observe(case.booking, [overdose], Hearing(SaidIn.CASE, Source.WORKER), worker, OUT)
    yeses = [Agreement(purpose, Answer.GRANTED) for purpose in (Purpose.GROUP, Purpose.OUTCOME)]
    record_agreements(case.person, yeses, PLAINLY, worker, OUT)
    two = db.session.scalars(
        select(Service).where(Service.name.in_(["Recovery hub", "Housing first"]))
    )
    levels = {service.id: Level.SUMMARY for service in two.all()}
    for referral in hand_off(case, HandOffDetails(levels), worker, OUT):
        yes = MoveDetails(Move.ACCEPT, referral.version)
        move(referral, yes, Side.TARGET, theirs(referral), OUT)
    agree(case, BY_TEXT, AT - timedelta(days=1))
    expected(referral_to(case, "Housing first"), AT + timedelta(days=1), AT - timedelta(hours=1))
    gate = GoingDetails(named("Dougie Hay").id, Errand.GATE, "At the gate", AT, agrees=True)
    ask_mentor(case, gate, worker, AT - timedelta(hours=1))
    db.session.flush()
    return case


def referral_to(case: Case, name: str) -> Referral:
    wanted = select(Referral).join(Referral.service).where(Service.name == name)
    return db.session.scalars(wanted.where(Referral.case_id == case.id)).one()


def theirs(referral: Referral):
    names = {"Recovery hub": "Ian Low", "Housing first": "Eva Dow"}
    return named(names[referral.service.name]).actor


def card(case: Case) -> bool:
    try:
        return bool(code_for(case.person, case.team_id, named("Morag Sim").actor, AT))
    except NobodyToGive:
        return False


GOES: dict[Sender, Callable[[Case], bool]] = {
    Sender.RING: lambda case: isinstance(way_of(reach_of(case, AT)), Way),
    Sender.REMINDER: lambda case: bool(reminders_due(AT)),
    Sender.WORTH: lambda case: bool(worth_due(AT)),
    Sender.ASK_SERVICE: lambda case: referral_to(case, "Housing first").id in asking_due(AT),
    Sender.GROUP: lambda case: bool(whole_lane(named("Morag Sim").actor, OUT)),
    Sender.CARD: card,
    Sender.MENTOR: lambda case: bool(own_list(named("Dougie Hay").actor, AT)),
}


def stopped(case: Case) -> set[Sender]:
    db.session.flush()
    return {sender for sender, goes in GOES.items() if not goes(case)}


def say(case: Case, list_name: str, code: str) -> None:
    """The hub chooses this code."""
    referral = referral_to(case, "Recovery hub")
    service = theirs(referral)
    if list_name == "attempt":
        attempt(referral, AttemptDetails("call", code, AT), service, AT)
        return
    step = next(step for step, name in SAYS.items() if name == list_name)
    changes = {"every": "same"} if MOVES[step].outcome_required else {}
    details = MoveDetails(step, referral.version, code, changes=changes)
    move(referral, details, Side.TARGET, service, AT)


BY_ITSELF = {code for _, code, _ in SET_BY_US}


def test_each_code_that_ships_is_decided_and_each_sender_is_probed(app):
    with app.app_context():
        shipped = db.session.execute(select(Code.list_name, Code.code).distinct()).all()
    undecided = [
        (name, code)
        for name, code in shipped
        if name not in OTHER_LISTS and code not in MEANS.get(name, {}) and code not in BY_ITSELF
    ]
    assert undecided == []
    known = {(name, code) for name, code in shipped}
    assert {(name, code) for name, codes in MEANS.items() for code in codes} <= known
    assert set(MEANINGS) == set(Fact)
    assert set(GOES) == set(Sender)
    assert {sender.value for sender in Sender} >= set(FILLERS) | set(CALLED)


def test_before_anything_is_said_everything_goes_out(case):
    assert stopped(case) == set()


@pytest.mark.parametrize(("list_name", "code"), BY_SERVICES)
def test_what_a_service_says_stops_what_its_meaning_says_and_asks_the_team(case, list_name, code):
    fact = meant_by(list_name, code)
    say(case, list_name, code)
    wanted = MEANINGS[fact].stops if fact else frozenset()
    assert stopped(case) == (TO_THEM if fact is Fact.WRONG else wanted)  # it is their only number
    asked = MEANINGS[fact].asks if fact else None
    kept = [row.id for row in facts_of(case.person_id)]
    if asked is None:
        assert kept == []
    elif asked is NextStep.REVIEW:
        assert case.has_promised(NextStep.REVIEW, plan_of(case).id)
    else:
        assert case.has_promised(asked, kept[0]).due_at <= AT + timedelta(days=5)


@pytest.mark.parametrize("code", [code for code, fact in MEANS["attempt"].items() if fact])
def test_what_the_team_itself_finds_out_asks_nobody_whether_it_is_so(case, code):
    point = plan_of(case).planned[0]
    try_to_reach(point, TryDetails("call", code, AT), named("Morag Sim").actor, AT)
    fact = meant_by("attempt", code)
    assert stopped(case) >= MEANINGS[fact].stops | TO_THEM
    assert case.has_any(NextStep.DIED, NextStep.MOVED) is False
    assert case.has_any(NextStep.NUMBER) == (fact is Fact.WRONG)


@pytest.mark.parametrize("known", [False, True])
def test_a_death_that_was_not_so_is_taken_back_and_all_goes_on(case, known):
    before = plan_of(case).asks_by
    worker = named("Morag Sim").actor
    say(case, "attempt", "DECEASED")
    (row,) = facts_of(case.person_id)
    if known:
        confirm(case, row, worker, AT)
        assert plan_of(case).ended_why == "DECEASED"
        assert not case.has_any(NextStep.DIED, NextStep.REVIEW)
    undo(case, row, worker, AT)
    assert stopped(case) == set()
    assert plan_of(case).asks_by == before
    assert not case.has_any(NextStep.DIED)
    with pytest.raises(TakenBack):
        confirm(case, row, worker, AT)
