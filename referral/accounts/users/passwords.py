"""How passwords are kept and compared, and which are too easy to guess."""

import hashlib
from collections.abc import Iterable, Sequence

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from zxcvbn import zxcvbn

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # the OWASP minimum
NOBODY = HASHER.hash("nobody has this password")
SHORTEST = 12
LONGEST = 200
SAFELY_UNGUESSABLE = 3  # of 4: over 10⁸ guesses, which nobody gets at the sign-in page
LOOKED_AT = 60  # letters: what stands behind them can only make it harder, and costs much time
DECORATION = "0123456789!?.,-_*+#@$%&()/ "
MOST_DECORATION = 6  # a year and a mark or two around one known word
SERVICE_WORDS = (  # what somebody tries first who knows what this is for
    *("arrest", "referral", "custody", "police", "officer", "sergeant", "prison", "court"),
    *("justice", "recovery", "addiction", "naloxone", "scotland", "scottish", "alba"),
    *("glasgow", "edinburgh", "aberdeen", "dundee", "inverness", "stirling", "falkirk", "perth"),
    *("rangers", "celtic", "hibernian", "hearts"),
)


def matches(password_hash: str, password: str) -> bool:
    """Whether this is the password; takes the same time for a wrong one."""
    try:
        return HASHER.verify(password_hash, password)
    except VerificationError:
        return False


def hash_of(token: str) -> str:
    """The SHA-256 that is kept of a token; a token is too long to guess, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_weak(password: str, own: Iterable[str], around: Iterable[str] = ()) -> bool:
    """Whether it is too short, holds a name of one's own, or is among what would be tried first.

    `own` are names of the user, which may not stand in it; `around` is what else others know of
    them, such as their organisation, which counts as a word that everybody knows.
    """
    mine = [word.lower() for word in own if len(word) > 3]
    if len(password) < SHORTEST or any(word in password.lower() for word in mine):
        return True
    known = [*SERVICE_WORDS, *mine, *(word.lower() for word in around)]
    if _score(password, known) < SAFELY_UNGUESSABLE:
        return True
    word = password.strip(DECORATION)
    return len(password) - len(word) <= MOST_DECORATION and _score(word, known) == 0


def _score(password: str, known: Sequence[str]) -> int:
    """0 to 4 after zxcvbn: it knows 30,000 common passwords, names, keyboards, dates, repeats."""
    return int(zxcvbn(password[:LOOKED_AT], user_inputs=[*known])["score"])
