"""The words of a page in the language of who reads it; what nobody translated stays in English.

A page speaks through `say`, by the name of a sentence, and through `in_tongue` for what forms and
rules say in English to everybody. A page that has no tongue of its own speaks English.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask import g
from markupsafe import Markup, escape

from referral.clock import here
from referral.web.bidi import FROM_THE_RIGHT, RIGHT_TO_LEFT

ENGLISH = "en"
PLACE = re.compile(r"\{([a-z]+)\}")
NUMBER = re.compile(r"(\d(?:[\d ]*\d)?)")


@dataclass(frozen=True)
class Tongue:
    """The language of a page, its sentences in English and the reader's own, all by their names.

    `wanted` is the language that the reader asked for, and `called` its name for itself: where
    nothing is translated into it, the page is an English one.
    """

    wanted: str
    called: str
    english: Mapping[str, str]
    own: Mapping[str, str]

    @property
    def language(self) -> str:
        """Of the page, as its code."""
        return self.wanted if self.own else ENGLISH

    @property
    def tag(self) -> str:
        """Of the page, as browsers and voices read it."""
        return "en-GB" if self.language == ENGLISH else self.language

    @property
    def from_the_right(self) -> bool:
        """Whether its lines begin at the right."""
        return self.language in RIGHT_TO_LEFT

    @property
    def lacks(self) -> bool:
        """Whether the reader wants another language than that of some sentence."""
        return self.wanted != ENGLISH and not self.own.keys() >= self.english.keys()

    def say(self, name: str, **places: object) -> Markup:
        """A sentence with its places filled; one that is not translated is marked as English."""
        if self.language == ENGLISH or name not in self.own:
            return self._marked(self._filled(self.english[name], places, False))
        return self._filled(self.own[name], places, self.from_the_right)

    def of(self, sentence: str) -> str:
        """What a form or a rule says in English to everybody; unknown words stay as they are."""
        if isinstance(sentence, Markup):
            return sentence
        if self.language == ENGLISH or not sentence:
            return sentence
        if sentence in self._names:
            return self.say(self._names[sentence])
        for name, pattern in self._patterns.items():
            if found := pattern.fullmatch(sentence):
                said = {place: self._of_place(text) for place, text in found.groupdict().items()}
                return self.say(name, **said)
        return self._marked(escape(sentence))

    def when(self, moment: datetime) -> Markup:
        """'24 November 2026, 15:04'."""
        local = here(moment)
        month = self.say(f"month-{local.month}")
        said = {"day": local.day, "month": month, "year": local.year, "hour": f"{local:%H:%M}"}
        return self.say("when", **said)

    def weekday(self, moment: datetime) -> Markup:
        """'Friday 27 November, 10:00'."""
        local = here(moment)
        weekday = self.say(f"weekday-{local.isoweekday()}")
        month = self.say(f"month-{local.month}")
        said = {"weekday": weekday, "day": local.day, "month": month, "hour": f"{local:%H:%M}"}
        return self.say("on-weekday", **said)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {text: name for name, text in self.english.items()}

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        """Of the sentences with places, those first that say the most between them."""
        said = {name: PLACE.sub("", text) for name, text in self.english.items()}
        with_places = [name for name in said if said[name] != self.english[name]]
        spoken = [name for name in with_places if any(map(str.isalpha, said[name]))]
        most_first = sorted(spoken, key=lambda name: -len(said[name]))
        return {name: pattern_of(self.english[name]) for name in most_first}

    def _of_place(self, text: str) -> str:
        return self.of(text) if text in self._names else text

    def _marked(self, text: Markup) -> Markup:
        if self.language == ENGLISH:
            return text
        return Markup('<span lang="en-GB" dir="ltr">{}</span>').format(text)

    @staticmethod
    def _filled(sentence: str, places: Mapping[str, object], turned: bool) -> Markup:
        """A sentence for a page; `turned` is whether it runs from the right."""
        parts = PLACE.split(sentence)
        return Markup("").join(
            _said(part, turned) if i % 2 == 0 else _in_place(places[part], turned)
            for i, part in enumerate(parts)
        )


def _said(text: str, turned: bool) -> Markup:
    """Words of a sentence; a number among them keeps its order, as in “like 3 5 1985”."""
    if not turned:
        return escape(text)
    parts = NUMBER.split(text)
    return Markup("").join(
        escape(part) if i % 2 == 0 else _in_place(part, turned) for i, part in enumerate(parts)
    )


def _in_place(value: object, turned: bool) -> Markup:
    """What stands in a place keeps its own direction: a number from the left, also in Arabic."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    if FROM_THE_RIGHT.search(text):
        return Markup("<bdi>{}</bdi>").format(text)
    return Markup('<bdi dir="ltr">{}</bdi>').format(text) if turned else escape(text)


def pattern_of(english: str) -> re.Pattern[str]:
    """What a sentence with places looks like once they are filled."""
    parts = PLACE.split(english)
    texts = [re.escape(part) if i % 2 == 0 else f"(?P<{part}>.+)" for i, part in enumerate(parts)]
    return re.compile("".join(texts))


def places_in(text: str) -> list[str]:
    """The names of the places of a sentence, in the order of the alphabet."""
    return sorted(PLACE.findall(text))


def say(name: str, **places: object) -> Markup:
    """For templates: a sentence of the page by its name."""
    tongue: Tongue = g.tongue
    return tongue.say(name, **places)


def in_tongue(sentence: str) -> str:
    """For templates: an English sentence in the language of the page."""
    tongue: Tongue | None = g.get("tongue")
    return tongue.of(sentence) if tongue else sentence


def left_to_right(text: str) -> str:
    """For templates: a number to ring, which runs from the left beside any words."""
    tongue: Tongue | None = g.get("tongue")
    turned = tongue and tongue.from_the_right
    return Markup('<bdi dir="ltr">{}</bdi>').format(text) if turned else text


FOR_TEMPLATES: Mapping[str, Callable[..., object]] = {
    "say": say,
    "in_tongue": in_tongue,
    "left_to_right": left_to_right,
}
