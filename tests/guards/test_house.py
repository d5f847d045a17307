"""The house keeps its rules, and each rule notices a planted breach."""

from pathlib import Path

import pytest
from flask import Flask
from guards import house

from referral.app import create_app
from referral.settings import DEVELOPMENT_KEY, Settings, UnsafeSettings

CODE = sorted((house.ROOT / "referral").rglob("*.py"))
TEMPLATES = sorted((house.ROOT / "templates").rglob("*.html"))
by_name = {"ids": lambda path: str(path.relative_to(house.ROOT))}


@pytest.fixture
def bare() -> Flask:
    return create_app(Settings(database_url="sqlite://"))


def test_every_route_has_a_permission(bare):
    assert house.routes_without_permission(bare) == []


def test_a_route_without_permission_is_noticed(bare):
    bare.add_url_rule("/planted", "planted", lambda: "")
    assert house.routes_without_permission(bare) == ["planted"]


@pytest.mark.parametrize("path", TEMPLATES, **by_name)
def test_every_posted_form_carries_a_token_and_no_import_is_idle(path):
    assert house.forms_without_token(path.read_text(encoding="utf-8")) == []
    assert house.unused_imports(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", CODE, **by_name)
def test_code_commits_only_at_the_page_and_orders_its_lists(path):
    source = path.read_text(encoding="utf-8")
    assert house.commits_below_the_page(path, source) == []
    assert house.queries_without_order(source) == []


def test_planted_breaches_are_noticed():
    assert house.forms_without_token('<form method="post"><p></p></form>')
    assert house.unused_imports('{% from "a" import one, two %}{{ one() }}') == ["two"]
    assert house.commits_below_the_page(Path("actions.py"), "db.session.commit()") == [1]
    assert house.queries_without_order("def f():\n    return s.scalars(select(A)).all()") == [1]


def test_production_refuses_the_development_key():
    with pytest.raises(UnsafeSettings):
        Settings(database_url="sqlite://", production=True, secret_key=DEVELOPMENT_KEY)
    with pytest.raises(UnsafeSettings):
        Settings(database_url="sqlite://", production=True, secret_key="s" * 32)
