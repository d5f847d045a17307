"""What the case list is narrowed to, and what a narrowing says in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from referral.casework.cases.tabs import Tab

MOST = 20  # filters of one worker
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Narrowing:
    """A view of the list, and whose cases, which centre, need and home area alone; empty for any.

    Whom somebody looked for, by name, birth date, phone or reference, has no place in it.
    """

    tab: Tab = Tab.DAY
    worker: UUID | None = None
    centre: UUID | None = None
    need: str = ""
    council: str = ""

    @property
    def address(self) -> Mapping[str, str]:
        """It as the words of an address."""
        said: Mapping[str, object] = {
            "worker": self.worker,
            "centre": self.centre,
            "need": self.need,
            "council": self.council,
        }
        return {"tab": self.tab.name.lower()} | {k: str(v) for k, v in said.items() if v}


@dataclass(frozen=True)
class Part:
    """One thing that a list is narrowed to: of what kind, in words, and whether it still is."""

    kind: str
    words: str
    stands: bool


@dataclass(frozen=True)
class Told:
    """A narrowing in words."""

    tab: Tab
    parts: Sequence[Part]

    @property
    def words(self) -> str:
        """The view, and all that narrows it."""
        return ", ".join([self.tab, *(part.words for part in self.parts)])

    @property
    def gone(self) -> Iterator[str]:
        """A sentence for each thing of it that there is no more."""
        for part in self.parts:
            if not part.stands:
                yield GONE[part.kind].format(part.words)


GONE: Mapping[str, str] = {
    "worker": "{} does not work in your team any more.",
    "centre": "Your team does not cover {} any more.",
    "need": "“{}” is not on the list of needs any more.",
    "council": "“{}” is not on the list of areas any more.",
}
