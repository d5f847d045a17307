"""An edition as it is read: its numbers with its words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from referral.published.tables import Told


@dataclass(frozen=True)
class Said:
    """The words of an edition, whom to ask, and by what it is known once it is frozen."""

    headline: str
    second: str
    contact: str
    next_on: date | None
    signed_by: Sequence[str]
    known_as: str
    corrects: str


def with_words(told: Told, said: Said) -> Told:
    """The report with the sentences of its edition, and with what a reader has to know of it."""
    notes = list(told.notes)
    if said.corrects:
        notes.append(f"This corrects what was published before: {said.corrects}")
    if said.contact:
        notes.append(f"Ask: {said.contact}")
    if said.next_on:
        notes.append(f"Next edition: {said.next_on.day} {said.next_on:%B %Y}")
    if said.known_as:
        notes.append(f"Edition {said.known_as}, signed by {' and '.join(said.signed_by)}.")
    sentences = [one for one in (said.headline, said.second) if one]
    return replace(told, sentences=(*sentences, *told.sentences), notes=tuple(notes))
