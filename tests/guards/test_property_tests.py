"""A property test that fails says how to repeat it, and starts with what failed before."""

import ast
import os

import pytest
from guards.house import ROOT
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.database import InMemoryExampleDatabase


def test_a_red_run_prints_how_to_repeat_it_and_the_next_run_starts_with_it():
    tried = []

    @settings(
        derandomize=False,
        database=InMemoryExampleDatabase(),
        phases=[Phase.reuse, Phase.generate],
    )
    @given(st.integers(0, 1 << 40))
    def is_small(number):
        tried.append(number)
        assert number < 1 << 20

    with pytest.raises(AssertionError) as red:
        is_small()
    assert "@reproduce_failure(" in "\n".join(red.value.__notes__)
    tried.clear()
    with pytest.raises(AssertionError):
        is_small()
    assert tried[0] >= 1 << 20


def test_a_change_is_asked_the_same_each_time_and_new_cases_are_drawn_apart():
    same, drawn = settings.get_profile("same"), settings.get_profile("drawn")
    assert settings.default is (drawn if os.environ.get("DRAWN") else same)
    assert (same.derandomize, drawn.derandomize) == (True, False)
    assert drawn.database is not None


def test_no_property_test_leaves_out_what_was_found_before():
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "phases":
                assert "Phase.reuse" in ast.unparse(node.value), f"{path.name}: {node.value.lineno}"
