"""What a service reads of a person comes from one place: what it was told, as far as that holds."""

import ast
from pathlib import Path

import pytest
from guards.house import ROOT
from jinja2 import Environment, nodes

ROOMS = ("handoff/by_link", "handoff/followup", "handoff/withdrawals", "api", "post")
THEIRS = {"seen", "sight"}  # what `seen_of` answers
LOADS = {"Referral"}  # to read the rows at once


def bases(source: str, template: bool) -> list[str]:
    """By what a person is reached, wherever one is."""
    if template:
        tree = Environment(autoescape=True).parse(source)
        found = [each for each in tree.find_all(nodes.Getattr) if each.attr == "person"]
        return [getattr(each.node, "attr", getattr(each.node, "name", "?")) for each in found]
    read = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Attribute)]
    return [
        getattr(each.value, "attr", getattr(each.value, "id", "?"))
        for each in read
        if each.attr == "person"
    ]


def breaches(source: str, template: bool) -> list[str]:
    """The records past which a person is read."""
    return [base for base in bases(source, template) if base not in THEIRS | LOADS]


def files() -> list[Path]:
    """Each page, letter, link, message and call by which a service learns of somebody."""
    kinds = (("referral", "*.py"), ("templates", "*.html"))
    found = [
        path for top, kind in kinds for room in ROOMS for path in (ROOT / top / room).glob(kind)
    ]
    assert len(found) > 30
    return sorted(found)


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_read_past_what_the_service_was_told(path):
    assert not breaches(path.read_text(encoding="utf-8"), path.suffix == ".html")


@pytest.mark.parametrize(
    ("source", "template"),
    [
        ("{{ referral.person.name }}", True),
        ("{% set who = entry.referral.case.person %}{{ who.name }}", True),
        ("who = referral.person.name", False),
        ("who = case_of(referral).person", False),
    ],
)
def test_a_record_that_is_read_past_it_is_noticed(source, template):
    assert breaches(source, template)
