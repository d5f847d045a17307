"""Which reasons of a list fit a move, and are the acting side's own to give.

The lists are older than this: programs of services send the codes of all of them, and they still
count. A page offers no more than fits.
"""

from collections.abc import Mapping, Sequence

from referral.handoff.referrals.states import Move, Side

Reasons = Sequence[tuple[str, str]]
# said by the team alone, or by the product itself
OURS: Mapping[Move, frozenset[str]] = {Move.CANCEL: frozenset({"MISTAKE", "LAPSED"})}
# of `close`: nothing was completed with these; a mistake is the team's to mark
NOT_COMPLETED = frozenset({"DROP", "WITHP", "WITHC", "NOENG", "DIED", "ERR"})


def fitting(move: Move, side: Side, reasons: Reasons) -> Reasons:
    """Those of the reasons, by code and label, that a side may give for a move on a page."""
    left_out = NOT_COMPLETED if move is Move.COMPLETE else frozenset()
    if side is Side.TARGET:
        left_out |= OURS.get(move, frozenset())
    return [(code, label) for code, label in reasons if code not in left_out]
