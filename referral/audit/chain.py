"""How one event of the trail hangs on the one before."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

BLOCK = 64  # bytes that SHA-256 takes at once
INNER = bytes(byte ^ 0x36 for byte in range(256))
OUTER = bytes(byte ^ 0x5C for byte in range(256))


def digest_of(fields: Sequence[str], key: str) -> str:
    """The digest of an event under a key: of all it says, its number and the digest before."""
    begun, ended = _keyed(key)
    inner = begun.copy()
    inner.update(repr(list(fields)).encode())
    outer = ended.copy()
    outer.update(inner.digest())
    found: str = outer.hexdigest()
    return found


@lru_cache(8)
def _keyed(key: str) -> tuple[Any, Any]:
    """HMAC (RFC 2104) as far as it is the same for each event under a key.

    `hmac.digest` looks for its algorithm and reads the key each time, which takes three times as
    long as all the rest.
    """
    secret = key.encode()
    whole = secret if len(secret) <= BLOCK else hashlib.sha256(secret).digest()
    block = whole.ljust(BLOCK, b"\0")
    return hashlib.sha256(block.translate(INNER)), hashlib.sha256(block.translate(OUTER))


@dataclass
class Chain:
    """The last link, while many events are written at once."""

    key: str
    seq: int
    digest: str

    def link(self, said: Sequence[str], recipient: str, reason: str) -> tuple[int, str, str]:
        """Hang on one more: its number, the digest before it and its own.

        `said` is its moment (ISO, with the offset), tag, actor, organisation, subject and record
        as text, "None" for none; the recipient too.
        """
        self.seq += 1
        before = self.digest
        fields = [str(self.seq), *said, before]
        if recipient != "None" or reason:
            fields += [recipient, reason]
        self.digest = digest_of(fields, self.key)
        return self.seq, before, self.digest
