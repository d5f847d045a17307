"""The words that are read out to the person, as they are shipped."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

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
