"""The words of the person's own page: all of them, and what is translated into which language."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from referral.clock import day_of
from referral.consent.queries import words_in
from referral.contact.own_page.catalogue import (
    CALLED,
    CONSENT,
    NOT_WRITTEN,
    Done,
    Spoken,
    shipped,
)
from referral.contact.own_page.models import OwnPageWords
from referral.db import db
from referral.directory.queries import choices, choices_in
from referral.web.tongue import ENGLISH, Tongue

LISTS = {"contact_channel": "way", "helpline": "line"}  # whose labels stand on the page


def catalogue(at: datetime) -> Mapping[str, str]:
    """Every sentence in English by name: those of the page, of its lists, and what is agreed to."""
    found = dict(shipped())
    lists = choices_in(LISTS, day_of(at))
    for list_name, begins in LISTS.items():
        found |= {f"{begins}-{code}": label for code, label in lists[list_name]}
    return found | {CONSENT + name: row.text for name, row in words_in(ENGLISH, at).items()}


def translated(language: str, english: Mapping[str, str], at: datetime) -> Mapping[str, str]:
    """What a translator confirmed in a language, by name, of these sentences as they are today."""
    rows = select(OwnPageWords).filter_by(language=language).order_by(OwnPageWords.number)
    last = {row.name: row for row in db.session.scalars(rows)}
    true = [row for row in last.values() if row.text and english.get(row.name) == row.english]
    found = {row.name: row.text for row in true}
    agreed = {
        CONSENT + name: row.text
        for name, row in words_in(language, at).items()
        if row.language == language and row.is_translated
    }
    return found | agreed


def tongue_of(language: str, at: datetime) -> Tongue:
    """The words for a reader of a language; in what cannot be read, English."""
    if language == ENGLISH or language in NOT_WRITTEN:
        return Tongue(ENGLISH, CALLED[ENGLISH], shipped(), {})
    known = dict(choices("language", day_of(at)))
    called = CALLED.get(language, known.get(language, language))
    english = {name: text for name, text in catalogue(at).items() if not name.startswith(CONSENT)}
    own = translated(language, english, at)
    return Tongue(language, called, english, {name: own[name] for name in own if name in english})


def languages(at: datetime) -> list[Spoken]:
    """The languages in which somebody can read, those first into which something is translated."""
    rows = select(OwnPageWords.language).distinct().order_by(OwnPageWords.language)
    own = set(db.session.scalars(rows))
    found = [
        Spoken(code, CALLED.get(code, label), code in own | {ENGLISH})
        for code, label in choices("language", day_of(at))
        if code not in NOT_WRITTEN
    ]
    return sorted(found, key=lambda one: not one.translated)


def _last(language: str) -> str:
    rows = select(OwnPageWords).filter_by(language=language)
    newest = rows.order_by(OwnPageWords.valid_from.desc(), OwnPageWords.number.desc())
    last = db.session.scalars(newest.limit(1)).one_or_none()
    return last.translator if last else ""


def done_in(at: datetime) -> list[Done]:
    """Of each language that could have words of its own, how many sentences have, and whose."""
    english = catalogue(at)
    found = []
    for one in languages(at):
        if one.code != ENGLISH:
            own = translated(one.code, english, at) if one.translated else {}
            found.append(Done(one.code, one.called, len(own), len(english), _last(one.code)))
    return found
