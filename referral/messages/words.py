"""The words of messages, as they are shipped."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parent / "words.toml"
ENGLISH = "en"


@dataclass(frozen=True)
class Words:
    """One text: of which message, in which language and version, and whether still in English."""

    name: str
    language: str
    number: int
    subject: str
    text: str
    needs_translator: bool


def shipped_words() -> list[Words]:
    """Every shipped text; a language without translation gets the English words, marked so."""
    shipped = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    languages = (ENGLISH, *shipped["languages_without_translation"])
    return [
        Words(language=language, needs_translator=language != ENGLISH, **entry)
        for entry in shipped["words"]
        for language in languages
    ]
