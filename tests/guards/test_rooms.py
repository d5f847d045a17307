"""Each line of code knows its room, and each rule of that notices a planted breach."""

from pathlib import Path

import pytest
from guards import house, rooms

HOME = house.ROOT / "referral"
CODE = sorted(path.relative_to(HOME) for path in HOME.rglob("*.py"))
OWNED = rooms.owners()


def test_a_file_knows_and_touches_only_what_it_may():
    for path in CODE:
        source = (HOME / path).read_text(encoding="utf-8")
        assert rooms.nouns_that_know_too_much(path, source) == [], path
        assert rooms.flask_below_the_page(path, source) == [], path
        assert rooms.who_knows_pdf(path, source) == [], path
        assert rooms.written_elsewhere(path, source, OWNED) == [], path


@pytest.mark.parametrize(
    "planted",
    [
        "from flask import g",
        "import sqlalchemy",
        "from referral.db import db",
        "from referral.people.models import Person",
        "from referral.people import queries",
        "def late():\n    from referral.people.unmet_actions import count",
    ],
)
def test_a_noun_that_knows_too_much_is_noticed(planted):
    assert rooms.nouns_that_know_too_much(Path("custody/queue.py"), planted)


def test_a_type_for_the_checker_alone_is_no_knowledge():
    typed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from referral.db import db"
    assert rooms.nouns_that_know_too_much(Path("custody/queue.py"), typed) == []


def test_a_request_below_the_page_is_noticed():
    planted = "from flask import abort, request"
    assert rooms.flask_below_the_page(Path("custody/actions.py"), planted) == ["request"]
    assert rooms.flask_below_the_page(Path("custody/routes.py"), planted) == []


def test_a_second_place_that_makes_pdfs_is_noticed():
    assert rooms.who_knows_pdf(Path("handoff/routes.py"), "from weasyprint import HTML")


@pytest.mark.parametrize("planted", ["case.next_act = None", "case.close_reason, x = 1, 2"])
def test_a_column_that_another_chapter_writes_is_noticed(planted):
    assert rooms.written_elsewhere(Path("handoff/actions.py"), planted, OWNED)
    assert rooms.written_elsewhere(Path("casework/actions.py"), planted, OWNED) == []
