"""The language of the person's own page: chosen by them, and its words put in by who has them."""

from datetime import datetime

from sqlalchemy import select

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.clock import day_of
from referral.consent.actions import translate_words
from referral.contact.own_page.catalogue import CONSENT, NOT_WRITTEN, Line, Translation
from referral.contact.own_page.models import OwnPageWords, PersonCard
from referral.contact.own_page.queries import oneself
from referral.contact.own_page.tongue_queries import catalogue
from referral.db import db
from referral.directory.queries import NotInList, must_be_listed
from referral.errors import RuleBroken
from referral.web.tongue import ENGLISH


class NotAsWritten(RuleBroken):
    """The sheet does not fit the sentences of today. Put right what is said of each line."""


class NobodyConfirms(RuleBroken):
    """Say who translated it and when: no words stand here that nobody confirmed."""

    fields = ("translator",)


def choose(card: PersonCard, language: str, at: datetime) -> None:
    """They read the page in this language from now on. Raises NotInList."""
    if not language:
        raise NotInList("language")
    must_be_listed(at, language=language)
    if card.language == language:
        return
    card.language = language
    me = oneself(card)
    record(Tag.OWN_LANGUAGE_CHOSEN, me, at, subject_id=card.person_id, record_id=card.id)


def put_in(sheet: Translation, by: Actor, at: datetime) -> None:
    """The words of a translator count from now on; what their sheet leaves open stays as it is.

    Raises NotInList, NobodyConfirms, NotAsWritten.
    """
    must_be_listed(at, language=sheet.language)
    if sheet.language in NOT_WRITTEN | {ENGLISH}:
        raise NotInList("language")
    if not sheet.translator:
        raise NobodyConfirms
    english = catalogue(at)
    if any(sheet.wrong(english)) or not sheet.lines:
        raise NotAsWritten
    agreed = {
        line.name.removeprefix(CONSENT): None if line.withdraws else line.text
        for line in sheet.lines
        if line.name.startswith(CONSENT)
    }
    translate_words(sheet.language, agreed, at)
    for line in sheet.lines:
        if not line.name.startswith(CONSENT):
            _put(line, sheet, at)
    record(Tag.OWN_WORDS_PUT_IN, by, at)


def _put(line: Line, sheet: Translation, at: datetime) -> None:
    rows = select(OwnPageWords).filter_by(name=line.name, language=sheet.language)
    last = db.session.scalars(rows.order_by(OwnPageWords.number.desc()).limit(1)).one_or_none()
    text = "" if line.withdraws else line.text
    if (last.text, last.english) == (text, line.english) if last else not text:
        return
    row = OwnPageWords(name=line.name, language=sheet.language, english=line.english)
    row.number = last.number + 1 if last else 1
    row.text = text
    row.translator = sheet.translator
    row.valid_from = day_of(at)
    db.session.add(row)
