"""The text of a link and the digits of a code, both made from a random number and a secret key.

Neither is kept: whoever reads the database cannot open anything with it.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

DIGITS = 6


def text_of(number: UUID, key: str) -> str:
    """The signed text that stands in an address. It says a random number and nothing else."""
    return str(URLSafeSerializer(key, salt="link").dumps(number.hex))


def number_in(text: str, keys: Sequence[str]) -> UUID | None:
    """The number that a text was made from with one of the keys; None for one that was altered."""
    try:
        return UUID(URLSafeSerializer(list(keys), salt="link").loads(text))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def digits_of(number: UUID, key: str) -> str:
    """The six digits that belong to the number of a code."""
    made = hmac.new(key.encode(), b"code" + number.bytes, sha256).digest()
    return f"{int.from_bytes(made[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def same(typed: str, right: str) -> bool:
    """Whether the digits typed are the right ones; takes as long for a wrong one."""
    digits = "".join(character for character in typed if character.isdigit())
    return hmac.compare_digest(digits.encode(), right.encode())
