"""The numbers of the sheets on which a desk writes while the line is down."""

import secrets

from referral.web.letters import LETTERS

LENGTH = 8  # of 26 letters: a slip of the pen hits no other sheet
MOST = 50  # of one print


def new_number() -> str:
    """A number that nobody has yet."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
