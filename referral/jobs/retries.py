"""How long to wait before the next try, and when to stop trying."""

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=4)  # what comes back is tried within five minutes
TRIED_FOR = timedelta(hours=12)  # over a night without a mail server, and no longer
MOST_LOST = 200  # workers that died over one piece of work, which may be why they died


def wait_before_next(failures: int, luck: float) -> timedelta:
    """Doubling from 15 seconds to 4 minutes, less up to a half by luck (0 to 1).

    The luck keeps a thousand tries that failed together from coming back together.
    """
    whole = min(FIRST_WAIT * (1 << min(failures - 1, 10)), LONGEST_WAIT)
    return whole * (1 - luck / 2)


def is_hopeless(wanted_at: datetime, next_try: datetime) -> bool:
    """Whether trying goes on for so long that a person must see to it."""
    return next_try - wanted_at > TRIED_FOR
