"""When a share is told: once it is over for nine in ten, and known of most of those."""

from referral.published.tables import Code
from referral.reports.steps import KNOWN_OF, OVER_FOR


def why_none(asked: int, not_yet: int, unknown: int = 0) -> Code:
    """Why no share is told of so many; the same for every window as for the steps."""
    over = asked - not_yet
    if over < OVER_FOR * asked:
        return Code.TOO_EARLY
    return Code.NOT_KNOWN if over - unknown < KNOWN_OF * over else Code.TOLD
