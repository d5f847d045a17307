"""The words of a message."""

from datetime import datetime

from sqlalchemy import select

from referral.clock import day_of
from referral.db import db
from referral.post.messages.models import MessageWords


def words_of(name: str, language: str, at: datetime) -> MessageWords:
    """The newest words of a message in a language, or else in English."""
    found = words_if_any(name, language, at)
    if found is None:
        raise LookupError(name)
    return found


def words_if_any(name: str, language: str, at: datetime) -> MessageWords | None:
    """The same; None where the words that came with a new version are not loaded yet."""
    wanted = select(MessageWords).where(
        MessageWords.name == name,
        MessageWords.language.in_({language, "en"}),
        MessageWords.valid_from <= day_of(at),
    )
    own_first = (MessageWords.language == "en", MessageWords.number.desc())
    return db.session.scalars(wanted.order_by(*own_first).limit(1)).one_or_none()
