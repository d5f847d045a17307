"""The events of lives that overlap stand in one order; a scribe in another process is missed."""

import pytest

from referral.demo.nation.aside import ScribeLost, books_of
from referral.demo.nation.turns import InTurn


def event(at: str, tag: str) -> tuple[str, ...]:
    return (at, tag, *["None"] * 5, "")


def test_events_wait_until_no_earlier_one_can_come():
    turns = InTurn()
    turns.take([event("2026-01-03T10:00", "late"), event("2026-01-01T10:00", "b")])
    turns.take([event("2026-01-01T10:00", "a"), event("2026-01-01T09:00", "first")])
    assert [said[1] for said in turns.before("2026-01-02")] == ["first", "b", "a"]
    assert turns.before("2026-01-02") == []
    with pytest.raises(ValueError, match="later ones"):
        turns.take([event("2026-01-01T11:00", "too late")])
    assert [said[1] for said in turns.rest()] == ["late"]


def test_a_scribe_who_is_lost_is_missed():
    with pytest.raises(ScribeLost):
        list(books_of(Lost()))


class Lost:
    """Ends in the middle of a book, in whatever process."""

    def books(self):
        raise SystemExit(1)
