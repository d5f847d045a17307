"""Each sentence that a user may read is raised by an act, at each place that raises it.

The acts stand in desk.py, doors.py, case.py, stay.py, register.py, consent.py, service.py, links.py
and the others. A new rule, or a new place that raises one, fails here until its act is there.
"""

import ast
import importlib
import sqlite3
import traceback
from html import unescape
from pathlib import Path
from shutil import copy

import pytest
from access.world import build
from rules import (
    along,
    case,
    consent,
    counted,
    desk,
    doors,
    editions,
    house,
    links,
    official,
    register,
    service,
    stay,
    team,
)
from rules.scene import Scene, every_rule
from sqlalchemy.engine import make_url

from referral.app import create_app
from referral.db import db
from referral.errors import RuleBroken
from referral.settings import Settings

BREAKS = [
    *(*desk.BREAKS, *case.BREAKS, *stay.BREAKS, *consent.BREAKS, *register.BREAKS),
    *(*service.BREAKS, *links.BREAKS, *house.BREAKS, *doors.BREAKS, *along.BREAKS, *team.BREAKS),
    *counted.BREAKS,
    *official.BREAKS,
    *editions.BREAKS,
]
SHOWN = [*house.SHOWN, *links.SHOWN]
# how the web says it, for a program or a proxy that reads no sentence; else it is 409 or 422
SELDOM = {
    403: {"NotTheSecond", "NotYourNote", "SomebodyElseSigns"},
    404: {"InvitationOver", "PasswordLinkOver"},
    410: {"LinkOver"},
    429: {"AskedTooOften", "EnoughCodes"},
    503: {"Busy", "NoParquet", "NoPdf"},
}
CODE = Path(importlib.import_module("referral").__file__ or "").parent


@pytest.fixture(scope="module")
def furnished(sqlite_model, tmp_path_factory) -> Scene:
    """One database for all: what is refused leaves nothing in it."""
    folder = tmp_path_factory.mktemp("rules")
    copy(sqlite_model, folder / "rules.db")
    url = f"sqlite:///{folder / 'rules.db'}"
    app = create_app(Settings(database_url=url, mailbox=str(folder / "mailbox")))
    app.testing = True
    with app.app_context():
        places = build()
    return Scene(app, places)


@pytest.fixture
def scene(furnished):
    """A moment in it; whatever was begun is undone."""
    with furnished.app.app_context():
        yield furnished
        db.session.rollback()
        db.session.remove()


def kept(app) -> list[str]:
    """Everything in the database."""
    path = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database
    with sqlite3.connect(str(path)) as connection:
        return list(connection.iterdump())


def named(entry) -> str:
    rule, act = entry
    place = rule.__module__.removeprefix("referral.")
    return f"{place}.{rule.__name__}, {act.__name__}"


@pytest.mark.parametrize(("rule", "act"), BREAKS, ids=map(named, BREAKS))
def test_an_act_that_breaks_a_rule_is_refused_by_it_and_nothing_is_kept(scene, rule, act):
    before = kept(scene.app)
    with pytest.raises(RuleBroken) as refused:
        act(scene)
    assert type(refused.value) is rule
    db.session.rollback()
    assert kept(scene.app) == before


@pytest.mark.parametrize(("rule", "act"), SHOWN, ids=map(named, SHOWN))
def test_a_refusal_that_is_counted_is_told_in_its_sentence(scene, rule, act):
    assert rule().sentence in unescape(act(scene))


def test_every_rule_is_broken_by_an_act_of_the_tables():
    for module in CODE.rglob("*.py"):
        if "vendor" not in module.parts:
            name = ".".join(module.relative_to(CODE.parent).with_suffix("").parts)
            importlib.import_module(name.removesuffix(".__init__"))
    assert {rule for rule, _ in [*BREAKS, *SHOWN]} == set(every_rule())


def test_a_rule_is_broken_at_every_place_that_raises_it(furnished):
    found = set()
    for _, act in BREAKS:
        with furnished.app.app_context():
            try:
                act(furnished)
            except RuleBroken as refused:
                last = traceback.extract_tb(refused.__traceback__)[-1]
                found.add((last.filename, last.lineno))
            db.session.rollback()
            db.session.remove()
    missed = raises(frozenset(rule.__name__ for rule in every_rule())) - found
    assert sorted(f"{Path(path).relative_to(CODE)}:{line}" for path, line in missed) == []


def raises(names: frozenset[str]) -> set[tuple[str, int]]:
    """Each file and line of the product that raises a rule."""
    found = set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name | ast.Call):
                raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
                if isinstance(raised, ast.Name) and raised.id in names:
                    found.add((str(path), node.lineno))
    return found


@pytest.mark.parametrize("rule", every_rule(), ids=lambda rule: rule.__name__)
def test_a_rule_is_told_in_a_sentence_of_its_own(rule):
    assert rule.__doc__ != RuleBroken.__doc__
    assert rule().sentence.endswith((".", "?"))


def test_the_status_of_a_refusal_is_a_clash_or_nonsense_or_one_of_the_few_others():
    found: dict[int, set[str]] = {}
    for rule in every_rule():
        if rule.status not in {409, 422}:
            found.setdefault(rule.status, set()).add(rule.__name__)
    assert found == SELDOM
