"""Names and numbers beside each other in scripts that run different ways.

A number that follows an Arabic word is drawn from the right, group by group: 07700 900123 reads
900123 07700. So whatever runs from right to left stands apart from what is around it, and a number
or code within such words keeps its own direction. The signs are those of Unicode's bidirectional
algorithm (UAX 9): they hold in pages, print and plain text alike.
"""

import re
from collections.abc import Mapping

APART, LEFT_TO_RIGHT, END = "\u2068", "\u2066", "\u2069"
FROM_THE_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
TURNS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ku", "ps", "ur"})


def apart(value: object) -> object:
    """A text that has words from right to left, set apart from its surroundings; all else as it is.

    Text that is marked as safe is a piece of a page, which sees to its own parts.
    """
    if type(value) is str and FROM_THE_RIGHT.search(value):
        return f"{APART}{value}{END}"
    return value


def without_turns(text: str) -> str:
    """The text without signs that turn the direction: in what people type they only deceive."""
    return TURNS.sub("", text)


def in_words_of(language: str, places: Mapping[str, str]) -> Mapping[str, str]:
    """What stands in the places of a message in a language: in Arabic, a number from the left.

    A link runs from the left by its own letters, and a reader of mail would take a sign into it.
    """
    if language not in RIGHT_TO_LEFT:
        return places
    return {
        name: text if "://" in text else f"{LEFT_TO_RIGHT}{text}{END}"
        for name, text in places.items()
    }
