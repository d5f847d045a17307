"""Every sentence of the person's own page by its name, and what a translation has to keep."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from referral.web.tongue import places_in

SHIPPED = Path(__file__).parent / "words.toml"
CONSENT = "consent-"  # what is agreed to keeps versions of its own: somebody heard them
WITHDRAWN = "-"  # in the place of a translation that was wrong
NOT_WRITTEN = frozenset({"bsl", "other"})  # languages of the list in which nothing can be read
# what languages call themselves; one that is not here is called as its list calls it
CALLED: Mapping[str, str] = {
    "en": "English",
    "gd": "Gàidhlig",
    "pl": "Polski",
    "ro": "Română",
    "ur": "اردو",
    "ar": "العربية",
    "zh": "中文",
    "uk": "Українська",
    "lt": "Lietuvių",
    "sq": "Shqip",
}


@dataclass(frozen=True)
class Line:
    """One line of a translator's sheet: where it stands, of which sentence, and the two texts."""

    number: int
    name: str
    english: str
    text: str

    def wrong(self, catalogue: Mapping[str, str]) -> str:
        """Why it cannot be taken, as a sentence; empty where it can."""
        if self.name not in catalogue:
            return "there is no sentence of this name. Take the sheet of today"
        if self.english != catalogue[self.name]:
            return "its English has changed since. Have it translated from the sheet of today"
        if self.withdraws:
            return ""
        if "{" in self._without_places or "}" in self._without_places:
            return "a place is a small word in braces, like {when}"
        lost = set(places_in(self.english)) - set(places_in(self.text))
        added = set(places_in(self.text)) - set(places_in(self.english))
        if lost:
            return f"the place {_in_braces(lost)} is missing. Say where it stands in the sentence"
        if added:
            return f"the place {_in_braces(added)} is not in the English. Leave it out"
        return ""

    @property
    def withdraws(self) -> bool:
        """Whether the sentence is to stand in English again."""
        return self.text == WITHDRAWN

    @property
    def _without_places(self) -> str:
        left = self.text
        for place in places_in(left):
            left = left.replace(f"{{{place}}}", "")
        return left


@dataclass(frozen=True)
class Translation:
    """A translator's sheet: in which language, who confirms the words, and its filled lines."""

    language: str
    translator: str
    lines: Sequence[Line]

    def wrong(self, catalogue: Mapping[str, str]) -> Iterator[str]:
        """What is wrong with it, line by line; a sentence is translated once."""
        names = [line.name for line in self.lines]
        for line in self.lines:
            twice = "it stands there twice" if names.count(line.name) > 1 else ""
            if why := line.wrong(catalogue) or twice:
                yield f"Line {line.number}, {line.name}: {why}"


@dataclass(frozen=True)
class Spoken:
    """A language that a reader may choose: its code, its own name, and what of it there is."""

    code: str
    called: str
    translated: bool


@dataclass(frozen=True)
class Done:
    """How much of a language there is: own sentences of all, and who confirmed the last of them."""

    code: str
    called: str
    own: int
    sentences: int
    by: str


def _in_braces(places: set[str]) -> str:
    return ", ".join(f"{{{place}}}" for place in sorted(places))


@cache
def shipped() -> Mapping[str, str]:
    """The English sentences by name."""
    read: dict[str, str] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["words"]
    return MappingProxyType(read)
