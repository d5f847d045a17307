"""How much a service sees: what it was told, as far as it still holds, and only in its time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from referral.consent.purposes import Level
from referral.handoff.referrals.disclosure import Disclosed, Ways
from referral.handoff.referrals.sight import (
    NOTHING,
    SENTENCES,
    Sight,
    Today,
    Unfit,
    seen,
    sight_of,
)
from referral.handoff.referrals.states import ENDED_STATES, ReferralState

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
TOLD = Disclosed(
    "Ann Example", "07700 900123", "pl", True, Ways(("call", "text"), "after 12"), ("DRUG",),
    ("DRUG",), None, "F", ("Drugs: high need",),
)  # fmt: skip


def now_sees(rules: Ways | None, holds: bool = True, told: Disclosed = TOLD):
    return seen(told, Today(Level.FULL, rules, holds), Sight.PERSON)


@pytest.mark.parametrize("state", ReferralState)
@pytest.mark.parametrize(
    ("until", "due"), [(AT + timedelta(seconds=1), True), (AT, False), (None, False)]
)
def test_the_person_while_they_are_with_them_then_own_notes_then_a_number(state, until, due):
    found = sight_of(state, until, AT)
    if state not in ENDED_STATES:
        assert found is Sight.PERSON
    elif state in {"completed", "failed"} and due:
        assert found is Sight.OUTCOME
    else:
        assert found is Sight.REFERENCE


@pytest.mark.parametrize(
    ("rules", "holds", "unfit"),
    [
        (TOLD.rules, True, ()),
        (None, True, (Unfit.CONTACT,)),
        (TOLD.rules, False, (Unfit.NUMBER,)),
        (Ways(("text",), "after 12"), True, (Unfit.CHANNEL,)),
        (Ways(("text", "letter"), "after 12"), True, (Unfit.CHANNEL,)),
        (Ways((), "after 12"), True, ()),  # any way: what was told still holds
        (Ways(("call", "text"), "mornings"), True, (Unfit.TIMES,)),
        (Ways(("call", "text")), True, ()),
        (Ways(("call", "text"), "after 12", True), True, (Unfit.VOICEMAIL,)),
        (Ways(("call", "text"), "after 12", False, True), True, (Unfit.LETTERS,)),
        (Ways(("letter",), "9", True, True), False,
         (Unfit.NUMBER, Unfit.CHANNEL, Unfit.TIMES, Unfit.VOICEMAIL, Unfit.LETTERS)),
    ],
)  # fmt: skip
def test_what_became_narrower_reaches_the_service_at_once_as_what_not_to_use(rules, holds, unfit):
    found = now_sees(rules, holds)
    assert found.unfit == unfit
    assert found.warnings == [SENTENCES[one] for one in unfit]


def test_no_new_value_is_named():
    found = now_sees(Ways(("letter",), "mornings", True, True), False)
    assert found.person.phone == ""
    assert found.person.rules == Ways((), "", True, True)


def test_where_no_way_that_was_told_is_left_there_is_no_number_either():
    assert now_sees(Ways(("letter",), "after 12")).person.phone == ""
    assert now_sees(Ways(("letter", "text"), "after 12")).person.phone == TOLD.phone


def test_who_was_told_no_number_learns_none_and_is_warned_of_nothing():
    bare = Disclosed("Ann Example", "", "pl", True, None)
    found = now_sees(TOLD.rules, told=bare)
    assert found.person == bare
    assert found.unfit == ()


@pytest.mark.parametrize(
    ("level", "gone"),
    [
        (Level.FULL, {}),
        (Level.SUMMARY, {"sex": None, "assessment": ()}),
        (Level.CONTACT, {"sex": None, "assessment": (), "needs": None, "help_now": ()}),
    ],
)
def test_of_what_was_told_only_what_the_person_still_agrees_to_is_seen(level, gone):
    found = seen(TOLD, Today(level, TOLD.rules, True), Sight.PERSON)
    assert vars(found.person) == vars(TOLD) | gone
    later = seen(TOLD, Today(level, TOLD.rules, True), Sight.OUTCOME, AT)
    assert (later.person, later.needs, later.until) == (None, found.person.needs, AT)
    assert seen(TOLD, Today(level, TOLD.rules, True), Sight.REFERENCE) == NOTHING


@pytest.mark.parametrize("rules", [TOLD.rules, None])
def test_a_name_that_was_not_theirs_is_not_read_with_or_without_a_way_to_reach_them(rules):
    found = seen(TOLD, Today(Level.FULL, rules, True, name_holds=False), Sight.PERSON)
    assert found.person.name == found.person.initials == "Name not known"
    assert found.warnings[0].startswith("Do not use: the name")


CHANNELS = some.lists(some.sampled_from(["call", "text", "letter"]), unique=True).map(tuple)
RULES = some.none() | some.builds(
    Ways, CHANNELS, some.sampled_from(["", "9", "12"]), some.booleans(), some.booleans()
)
FACTS = some.builds(
    Disclosed, some.just("Ann"), some.sampled_from(["", "07700 900123"]), some.just("en"),
    some.booleans(), RULES, some.none() | some.just(("DRUG", "MH")), some.just(()), some.none(),
    some.sampled_from([None, "F"]), some.sampled_from([(), ("Drugs",)]),
)  # fmt: skip


@given(FACTS, some.sampled_from(list(Level)), RULES, some.booleans())
def test_nothing_is_ever_seen_that_was_not_told(told, level, rules, holds):
    found = seen(told, Today(level, rules, holds), Sight.PERSON).person
    for name, value in vars(found).items():
        if name == "rules":
            continue
        assert value in (getattr(told, name), None, "", ()), name
    if found.rules:
        assert told.rules
        assert rules
        assert set(found.rules.channels) <= set(told.rules.channels or rules.channels)
        assert found.rules.safe_times in {"", told.rules.safe_times}
        assert found.rules.no_message >= rules.no_message
        assert found.rules.no_letters >= rules.no_letters
    if rules is None or not holds:
        assert found.phone == ""
