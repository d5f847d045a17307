"""Which of several rows counts is never left to a random number, and a breach is noticed."""

import pytest
from guards.chance import by_chance
from guards.house import ROOT

CODE = sorted((ROOT / "referral").rglob("*.py"))
BY_CHANCE = (
    "return s.scalars(rows.order_by(Appointment.starts_at.desc(), Appointment.id)).first()",
    "return s.scalars(rows.order_by(Stop.asked_at, Stop.id.desc()).limit(1)).one_or_none()",
    "return s.scalars(rows.order_by(PersonMessage.made_at)).first()",
    "return {row.x: row for row in s.scalars(rows.order_by(Consent.given_at, Consent.id))}",
    "for row in s.scalars(rows.order_by(Consent.given_at)):\n  found[row.x] = row",
    "last = (Case.closed_at, Case.id)\n return s.scalars(rows.order_by(*last)).first()",
    "return max(rows, key=lambda row: (row.at, row.id))",
)
TOLD = (
    "return s.scalars(rows.order_by(Appointment.starts_at, Appointment.order)).first()",
    "return s.scalars(rows.order_by(Offer.number.desc()).limit(1)).one_or_none()",
    "return s.scalars(rows.order_by(Case.opened_at, Case.id)).all()",
    "return s.scalars(rows.order_by(Case.id).limit(1)).first() is not None",
    "return max(rows, key=lambda row: (row.at, row.order))",
)


def test_the_row_that_counts_is_picked_by_what_was_done():
    for path in CODE:
        assert by_chance(path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize("body", BY_CHANCE)
def test_a_pick_by_chance_is_noticed(body):
    assert by_chance(f"def f():\n {body}")


@pytest.mark.parametrize("body", TOLD)
def test_a_pick_that_follows_from_what_was_done_is_let_pass(body):
    assert by_chance(f"def f():\n {body}") == []
