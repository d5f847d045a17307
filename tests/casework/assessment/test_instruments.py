"""Published scoring, by hand: complete, incomplete, and just at each threshold."""

import pytest

from referral.casework.assessment.instruments import Result, instruments, score
from referral.casework.assessment.priority import urgent_because


@pytest.mark.parametrize(
    ("code", "points", "result"),
    [
        ("audit-c", [2, 1, 1], Result(4, False, 0)),
        ("audit-c", [2, 2, 1], Result(5, True, 0)),
        ("audit-c", [4, 4, 4], Result(12, True, 0)),
        ("audit-c", [4, None, 1], Result(None, True, 1)),
        ("audit-c", [4, None, 0], Result(None, None, 1)),
        ("fast", [1, 1, 0, 0], Result(2, False, 0)),
        ("fast", [1, 0, 0, 2], Result(3, True, 0)),
        ("fast", [4, 4, 4, 4], Result(16, True, 0)),
        ("phq-2", [1, 1], Result(2, False, 0)),
        ("phq-2", [2, 1], Result(3, True, 0)),
        ("phq-2", [3, None], Result(None, True, 1)),
        ("gad-2", [0, 0], Result(0, False, 0)),
        ("gad-2", [3, 3], Result(6, True, 0)),
        ("gad-2", [None, None], Result(None, None, 2)),
    ],
)
def test_scores_as_published(code, points, result):
    assert score(instruments()[code], points) == result


def test_points_that_no_answer_is_worth_are_refused():
    with pytest.raises(ValueError, match="no answer"):
        score(instruments()["fast"], [0, 0, 0, 3])


def test_every_pack_names_its_source_and_licence_and_a_shell_has_no_words():
    for instrument in instruments().values():
        assert instrument.source
        assert instrument.licence
        assert instrument.shell == (not instrument.questions)


@pytest.mark.parametrize(
    ("dangers", "severities", "substances", "reasons"),
    [
        ({"overdose"}, {}, set(), 1),
        (set(), {}, {"HEROIN"}, 0),
        (set(), {}, {"HEROIN", "BENZO"}, 1),
        (set(), {"HOUS": "urgent"}, set(), 1),
        (set(), {"MH": "urgent", "HOUS": "urgent"}, {"OPIOID", "ALCOHOL"}, 3),
        (set(), {"MH": "high"}, set(), 0),
    ],
)
def test_who_must_be_seen_first(dangers, severities, substances, reasons):
    assert len(urgent_because(dangers, severities, substances)) == reasons
