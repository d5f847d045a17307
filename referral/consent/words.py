"""The words that are read out to the person, as they are shipped and as they are shown."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from referral.consent.models import ConsentWords

SHIPPED = Path(__file__).parent / "words.toml"
ENGLISH = "en"


@dataclass(frozen=True)
class ConsentText:
    """One text: for what, in which language, which version, and whether it is still in English."""

    purpose: str
    language: str
    number: int
    text: str
    needs_translator: bool


def shipped_words() -> list[ConsentText]:
    """Every shipped text; a language without translation gets the English words, marked so."""
    shipped = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    missing = shipped["languages_without_translation"]
    return [
        ConsentText(entry["purpose"], language, entry["number"], entry["text"], language != ENGLISH)
        for entry in shipped["words"]
        for language in (ENGLISH, *missing)
    ]


@dataclass(frozen=True)
class Recording:
    """Somebody who reads out one version of one text, kept as `LANGUAGE/PURPOSE-VERSION.mp3`."""

    language: str
    purpose: str
    version: int

    def within(self, folder: Path) -> Path:
        """Where it is kept, whether or not it is there."""
        return folder / self.language / f"{self.purpose}-{self.version}.mp3"


@dataclass(frozen=True)
class ReadOut:
    """What a page shows to be read out: each text by its purpose, for people of a language."""

    language: str
    texts: Mapping[str, str]
    written_in: str  # the language of the texts; English where there is no translation
    versions: Mapping[str, int]  # of each text, by its purpose

    @property
    def translated(self) -> bool:
        """Whether somebody who speaks only this language could read them."""
        return self.language == self.written_in

    def spoken(self, purpose: str) -> Recording | None:
        """The recording of the very words that are shown; None of words that are not theirs."""
        version = self.versions.get(purpose)
        return Recording(self.language, purpose, version) if version and self.translated else None


def to_read_out(words: Mapping[str, ConsentWords], language: str) -> ReadOut:
    """The words as a page shows them; one that is not translated makes all of them so."""
    theirs = all(row.language == language and not row.needs_translator for row in words.values())
    texts = {purpose: row.text for purpose, row in words.items()}
    versions = {purpose: row.number for purpose, row in words.items()}
    return ReadOut(language, texts, language if theirs else ENGLISH, versions)
