"""The kept faults can still be planted, stand in every chapter, and a few of them are tried."""

import os
from dataclasses import replace
from random import Random

import pytest
from faults.planting import (
    BROKEN,
    GREEN,
    ROOT,
    Fault,
    NotFound,
    ask,
    copied,
    faults,
    noticed_by,
    place_of,
    planted,
    texts,
)
from faults.run import try_all

SEED = int(os.environ.get("FAULTS_SEED", "1"))
SAMPLE = int(os.environ.get("FAULTS_SAMPLE", "2"))
LEAST = 80
PRODUCT = texts()
KNOWN = faults()
# invented data, and what only other chapters show: their faults are those chapters'
WITHOUT = {"demo", "cli", "static", "web", "messages"}


def test_every_fault_has_a_name_of_its_own_and_there_are_enough():
    names = [fault.id for fault in KNOWN]
    assert len(names) == len(set(names))
    assert len([fault for fault in KNOWN if not fault.equivalent]) >= LEAST


def missing(fault: Fault) -> str:
    """Why a fault cannot be planted, or nobody could notice it; empty where all is well."""
    try:
        place_of(fault, PRODUCT)
        known = fault.equivalent or noticed_by(fault)
    except NotFound as error:
        return str(error)
    return "" if known and fault.new != fault.old else f"{fault.id}: nothing to notice"


def test_a_fault_is_found_once_and_so_are_its_tests():
    assert [words for fault in KNOWN if (words := missing(fault))] == []


def test_every_chapter_that_acts_has_a_fault():
    acting = {path.parent.name for path in PRODUCT if path.name == "actions.py"}
    places = {place_of(fault, PRODUCT).parent.name for fault in KNOWN if not fault.equivalent}
    assert acting - WITHOUT - places == set()


def test_a_fault_that_moved_is_found_by_its_words_and_one_that_is_gone_is_told():
    fault = replace(KNOWN[0], file="elsewhere.py")
    assert place_of(fault, PRODUCT).is_relative_to(ROOT)
    with pytest.raises(NotFound, match="0 times"):
        place_of(replace(fault, old="no such words anywhere"), PRODUCT)
    with pytest.raises(NotFound, match="times"):
        place_of(replace(fault, old="return"), PRODUCT)
    with pytest.raises(NotFound, match="no test_that"):
        noticed_by(replace(fault, tests=("reports/test_measures.py::test_that",)))
    with pytest.raises(NotFound, match="0 test files"):
        noticed_by(replace(fault, tests=("reports/test_nothing.py",)))


@pytest.fixture(scope="module")
def root():
    """One copy of the tree."""
    with copied() as folder:
        yield folder


def test_a_copy_is_right_again_after_a_fault(root):
    path = place_of(KNOWN[0], texts(root))
    before = path.read_text(encoding="utf-8")
    with planted(KNOWN[0], root):
        assert path.read_text(encoding="utf-8") == before.replace(KNOWN[0].old, KNOWN[0].new)
    assert path.read_text(encoding="utf-8") == before


def test_tests_that_cannot_be_read_notice_nothing(root):
    (root / "tests" / "test_unread.py").write_text("import nothing_of_this_name\n")
    code, words = ask(["tests/test_unread.py", "tests/web/test_sheets.py"], root)
    assert code == BROKEN, words


HARMLESS = Fault(
    "harmless",
    "reports/disclosure.py",
    '"""For everybody else."""',
    '"""For all others."""',
    ("reports/test_edges.py::test_what_is_told_of_a_number",),
)


def test_a_seeded_few_are_noticed_and_a_harmless_change_is_not():
    plantable = [fault for fault in KNOWN if not fault.equivalent]
    chosen = Random(SEED).sample(plantable, SAMPLE)
    *found, harmless = try_all([*chosen, HARMLESS], lanes=1)
    assert [one.fault.id for one in found if not one.noticed] == [], f"FAULTS_SEED={SEED}"
    assert harmless.code == GREEN
