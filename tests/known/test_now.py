"""What counts now: a yes, a no, silence, and who may say that a danger is over."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.known.now import (
    LIFTERS,
    NEAR_FATAL,
    RECENT,
    About,
    Said,
    SaidIn,
    dangers_of,
    latest_words,
    needs_of,
)
from referral.known.ticks import NO_OTHER, UNSAID, Boxes, ticked
from referral.people.sources import Source

AT = datetime(2026, 11, 26, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Heard:
    """One answer, as a test gives it."""

    order: int
    answer: Said
    code: str = "DRUG"
    kind: About = About.NEED
    severity: str | None = None
    wants_help: bool | None = None
    said_by: Source = Source.PERSON
    act: SaidIn = SaidIn.OFFER
    reason: str = ""

    @property
    def happened_at(self) -> datetime:
        return AT + self.order * HOUR


def need(*said, **more):
    """How a need stands after these answers, one after the other."""
    words = [Heard(n, one, **more) if isinstance(one, Said) else one for n, one in enumerate(said)]
    return needs_of(words).get("DRUG")


def danger(*said, code="self_harm", at=AT):
    """How a danger stands after these answers, each with who gave it."""
    words = [Heard(n, one, code, About.DANGER, said_by=by) for n, (one, by) in enumerate(said)]
    return dangers_of(words, at).get(code)


@pytest.mark.parametrize(
    ("said", "counts", "changed"),
    [
        ([Said.YES], True, False),
        ([Said.NO], False, False),
        ([Said.YES, Said.DECLINED], True, False),
        ([Said.NO, Said.DECLINED], False, False),
        ([Said.YES, Said.NO], False, True),
        ([Said.NO, Said.YES], True, True),
        ([Said.YES, Said.NO, Said.DECLINED], False, True),
        ([Said.YES, Said.YES], True, False),
    ],
)
def test_only_a_yes_or_a_no_takes_the_place_of_an_answer(said, counts, changed):
    found = need(*said)
    assert (found.counts, found.changed) == (counts, changed)


def test_who_did_not_want_to_say_has_said_neither_yes_nor_no():
    assert need(Said.DECLINED) is None
    assert danger((Said.DECLINED, Source.PERSON)) is None


def test_severity_and_the_wish_for_help_are_the_latest_that_somebody_gave():
    weighed = Heard(0, Said.YES, severity="high", wants_help=True)
    assert need(weighed, Said.YES).severity == "high"
    assert need(weighed, Said.YES).wants_help is True
    assert need(weighed, Heard(1, Said.YES, severity="some")).severity == "some"
    assert need(weighed, Heard(1, Said.YES, wants_help=False)).wants_help is False
    assert need(weighed, Said.DECLINED).severity == "high"


def test_a_no_ends_what_was_weighed():
    weighed = Heard(0, Said.YES, severity="high", wants_help=True)
    no = need(weighed, Heard(1, Said.NO, severity="none", wants_help=False))
    assert (no.counts, no.severity, no.wants_help) == (False, None, None)
    again = need(weighed, Said.NO, Said.YES)
    assert (again.counts, again.severity, again.wants_help) == (True, None, None)


@pytest.mark.parametrize("by", Source)
def test_a_no_is_shown_beside_a_danger_and_only_healthcare_or_a_worker_lifts_it(by):
    found = danger((Said.YES, Source.PERSON), (Said.NO, by))
    assert found.stands is (by not in LIFTERS)
    assert (found.denied_at, found.lifted_at)[by in LIFTERS] == AT + HOUR
    assert (found.denied_at, found.lifted_at)[by not in LIFTERS] is None
    assert found.lifted_by is (by if by in LIFTERS else None)


def test_a_danger_stands_again_when_somebody_says_yes_again():
    lifted = [(Said.YES, Source.PERSON), (Said.NO, Source.HEALTHCARE)]
    found = danger(*lifted, (Said.YES, Source.PERSON))
    assert found.stands
    assert found.lifted_at is None
    assert not danger(*lifted, (Said.NO, Source.PERSON)).stands


@pytest.mark.parametrize("code", sorted(NEAR_FATAL))
def test_an_overdose_stands_for_thirty_days_to_the_second(code):
    yes = [(Said.YES, Source.PERSON)]
    assert danger(*yes, code=code, at=AT + RECENT).stands
    assert not danger(*yes, code=code, at=AT + RECENT + timedelta(seconds=1)).stands
    assert danger(*yes, at=AT + 12 * RECENT).stands  # any other stands for its stay


WORDS = st.lists(
    st.builds(
        Heard,
        order=st.just(0),
        answer=st.sampled_from(Said),
        code=st.sampled_from(["DRUG", "ALC", "overdose"]),
        kind=st.sampled_from(About),
        severity=st.sampled_from([None, "some", "high"]),
        said_by=st.sampled_from(Source),
    ),
    max_size=12,
).map(lambda said: [Heard(**vars(one) | {"order": n}) for n, one in enumerate(said)])


@given(WORDS, st.randoms())
def test_what_counts_hangs_on_the_order_of_answers_and_on_no_other(said, dice):
    shuffled = dice.sample(said, len(said))
    assert needs_of(shuffled) == needs_of(said)
    assert dangers_of(shuffled, AT) == dangers_of(said, AT)


@given(WORDS)
def test_silence_and_what_they_did_not_want_to_say_change_nothing(said):
    spoken = [one for one in said if one.answer is not Said.DECLINED]
    assert needs_of(said) == needs_of(spoken)
    assert dangers_of(said, AT) == dangers_of(spoken, AT)


@given(WORDS)
def test_no_officer_and_no_person_takes_a_danger_off(said):
    yes = {one.code for one in said if one.kind is About.DANGER and one.answer is Said.YES}
    alone = [one for one in said if one.said_by not in LIFTERS or one.answer is not Said.NO]
    assert {code for code, one in dangers_of(alone, AT).items() if one.stands} == yes


SHOWN = ("DRUG", "ALC", "MH")


@pytest.mark.parametrize(
    ("before", "now", "answers"),
    [
        ((), (), {}),
        (("DRUG",), ("DRUG",), {}),
        ((), ("DRUG",), {"DRUG": Said.YES}),
        (("DRUG",), (), {"DRUG": Said.NO}),
        ((), (NO_OTHER,), dict.fromkeys(SHOWN, Said.NO)),
        ((), ("ALC", NO_OTHER), {"DRUG": Said.NO, "ALC": Said.YES, "MH": Said.NO}),
        (("ALC",), ("ALC", NO_OTHER), {"DRUG": Said.NO, "MH": Said.NO}),
        ((NO_OTHER,), (NO_OTHER,), {}),
        ((NO_OTHER,), ("DRUG", NO_OTHER), {"DRUG": Said.YES}),
        ((NO_OTHER,), (), {}),
        ((), (UNSAID,), dict.fromkeys(SHOWN, Said.DECLINED)),
        (("DRUG",), (UNSAID,), dict.fromkeys(SHOWN, Said.DECLINED)),
        (("DRUG",), ("DRUG", UNSAID), {"ALC": Said.DECLINED, "MH": Said.DECLINED}),
    ],
)
def test_boxes_say_what_changed_and_nothing_else(before, now, answers):
    assert Boxes(SHOWN, before, now).answers == answers


@given(WORDS)
def test_a_page_that_is_sent_as_it_was_shown_says_nothing(said):
    counts = [code for code, one in needs_of(said).items() if one.counts]
    stand = ticked(SHOWN, counts, latest_words(said, About.NEED))
    assert Boxes(SHOWN, stand, stand).answers == {}
