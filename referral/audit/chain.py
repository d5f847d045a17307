"""How one event of the trail hangs on the one before."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass


def digest_of(fields: Sequence[str], key: str) -> str:
    """The digest of an event under a key: of all it says, its number and the digest before."""
    return hmac.digest(key.encode(), repr(list(fields)).encode(), "sha256").hex()


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
