"""A file that somebody published and that is taken in: what kind it is, and which very one."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class FileKind(StrEnum):
    """What is in it."""

    THROUGHPUT = "throughput"
    DAISY = "daisy"


@dataclass(frozen=True)
class Sent:
    """A file as it came, by the name that it had there."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """What tells it from every other file, as `sha256sum` prints it."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Wrong:
    """What is wrong on one line of a file."""

    line: int
    sentence: str
