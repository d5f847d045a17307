"""The drawing of the layers is what the contracts say."""

from guards.drawing import PLACE, ROOT, drawn

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_drawing_is_that_of_the_contracts():
    assert PLACE.read_text(encoding="utf-8") == drawn(PYPROJECT), "run `make drawing`"


def test_a_chapter_that_moves_makes_another_drawing():
    assert drawn(PYPROJECT.replace("clock", "errors")) != drawn(PYPROJECT)
