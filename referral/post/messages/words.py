"""The words of messages, as they are shipped."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parent / "words.toml"
ENGLISH = "en"


@dataclass(frozen=True)
class MessageText:
    """One text: of which message, in which language and version, and whether still in English."""

    name: str
    language: str
    number: int
    subject: str
    text: str
    needs_translator: bool


def shipped_words() -> list[MessageText]:
    """Every shipped text; where a language has none of its own, it gets the English, marked so."""
    shipped = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    entries = [{"language": ENGLISH} | entry for entry in shipped["words"]]
    own = {(entry["name"], entry["language"], entry["number"]) for entry in entries}
    lent = [
        MessageText(**entry | {"language": language}, needs_translator=True)
        for entry in entries
        for language in shipped["languages"]
        if entry["language"] == ENGLISH and (entry["name"], language, entry["number"]) not in own
    ]
    return [MessageText(**entry, needs_translator=False) for entry in entries] + lent
