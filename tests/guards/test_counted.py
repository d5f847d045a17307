"""A number before a noun is written by `counted`, so that a page never says "1 stays"."""

import re

import pytest
from guards.house import ROOT

SOURCES = sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "referral").rglob("*.py")])
NOUNS = (
    "accounts|answers|appointments|bookings|cases|codes|days|events|hours|jobs|keys|lines|links"
    "|messages|minutes|months|needs|numbers|people|persons|places|records|referrals|results|rows"
    "|services|stays|times|tries|visits|weeks|years"
)
# `{{ n }} stays`, `{{ n }}</strong> open stays`, f"{n} days", and the choice made by hand
MANY = re.compile(rf"\}} (?:(?!is|that|needs|both)[a-z]+ )?(?:{NOUNS})\b")
BY_HAND = re.compile(r"\{\{[^}]*== 1 else")
# what is never one, and why
NEVER_ONE = {
    "{minutes // (24 * 60)} days": "after two days it is counted in days, before in hours",
    "{OLDEST} years": "fixed",
}


def wrong(text: str) -> list[str]:
    """The lines in which something is counted otherwise."""
    lines = [line.strip() for line in text.splitlines()]
    found = [
        line for line in lines if MANY.search(line.replace("</strong>", "")) or BY_HAND.search(line)
    ]
    return [
        line
        for line in found
        if "counted(" not in line and not any(one in line for one in NEVER_ONE)
    ]


def test_every_number_of_things_is_said_right_for_one():
    for path in SOURCES:
        assert wrong(path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize(
    "line",
    [
        "This month: {{ reach[0] }} stays, more",
        "<strong>{{ count }}</strong> open referrals",
        'f"{loaded} people loaded"',
        '{{ "message" if undelivered == 1 else "messages" }}',
    ],
)
def test_a_number_that_is_said_wrong_is_noticed(line):
    assert wrong(line) == [line]
