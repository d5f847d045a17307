"""The whole matrix of a referral: state by move by side, written out."""

import pytest

from referral.handoff.referrals.states import MOVES, Move, ReferralState, Side

# one row a state; what the team may do, and what the service may do, with where it leads
TABLE = {
    "draft": ("send>requested mark_error>entered-in-error", ""),
    "requested": (
        "cancel>cancelled mark_error>entered-in-error reply>stays chase>stays",
        "accept>accepted reject>rejected cancel>cancelled ask>stays",
    ),
    "accepted": (
        "cancel>cancelled mark_error>entered-in-error reply>stays chase>stays",
        "cancel>cancelled start>in-progress hold>on-hold complete>completed fail>failed ask>stays",
    ),
    "in-progress": (
        "cancel>cancelled mark_error>entered-in-error reply>stays chase>stays",
        "cancel>cancelled hold>on-hold complete>completed fail>failed ask>stays",
    ),
    "on-hold": (
        "cancel>cancelled mark_error>entered-in-error reply>stays chase>stays",
        "cancel>cancelled resume>in-progress complete>completed fail>failed ask>stays",
    ),
    "rejected": ("mark_error>entered-in-error", ""),
    "cancelled": ("mark_error>entered-in-error", ""),
    "failed": ("mark_error>entered-in-error", ""),
    "completed": ("mark_error>entered-in-error", ""),
    "entered-in-error": ("", ""),
}


@pytest.mark.parametrize("state", list(ReferralState))
@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("move", list(Move))
def test_a_move_is_legal_just_where_the_table_says(state, side, move):
    written = TABLE[state.value][list(Side).index(side)].split()
    expected = dict(entry.split(">") for entry in written)
    rule = MOVES[move]
    legal = state in rule.sources and side in rule.sides
    leads = rule.target.value if rule.target else "stays"
    assert (leads if legal else None) == expected.get(move.value)
