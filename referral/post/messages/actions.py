"""Write a message to somebody, and hand it over when its turn comes."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select

from referral.audit.trail import Tag, record
from referral.db import db
from referral.jobs.actions import enqueue
from referral.jobs.kinds import Effect, JobKind, Owner, Task
from referral.post.messages.models import Message, MessageState, MessageWords
from referral.post.messages.post import Channel, Envelope, Post
from referral.post.messages.queries import words_of
from referral.post.messages.words import shipped_words

KIND = "message"

Filler = Callable[[UUID, datetime], Mapping[str, str] | None]


@dataclass(frozen=True)
class MessageDetails:
    """Which message goes to whom about which record, and whose it is if it cannot be delivered.

    `title` is what the owner reads then: a reference, never a name.
    """

    name: str
    to: str
    about_id: UUID
    title: str
    owner: Owner | None
    language: str = "en"
    channel: Channel = Channel.EMAIL


def write(details: MessageDetails, at: datetime) -> Message:
    """Promise a message, in the transaction of its cause."""
    message = Message(
        name=details.name,
        channel=details.channel,
        language=details.language,
        to=details.to,
        about_id=details.about_id,
        made_at=at,
    )
    db.session.add(message)
    db.session.flush()  # the work names it by its number
    key = f"{KIND}:{message.id}"
    enqueue(KIND, key, at, about_id=message.id, owner=details.owner, title=details.title)
    return message


def message_kind(fillers: Mapping[str, Filler], posts: Mapping[Channel, Post]) -> JobKind:
    """The work of handing messages over.

    A filler says what stands in a message's places at this moment, or None when it must not go out
    any more.
    """

    def act(task: Task) -> Effect | None:
        message = db.session.get_one(Message, task.about_id)
        if message.state != MessageState.WAITING:
            return None
        filled = fillers[message.name](message.about_id, task.at)
        if filled is None:
            message.drop()
            return None
        words = words_of(message.name, message.language, task.at)
        subject, body = words.subject.format_map(filled), words.text.format_map(filled)
        envelope = Envelope(str(message.id), message.to, subject, body, task.at)
        send = partial(posts[message.channel].send, envelope)
        return Effect(send, partial(_note, message.id))

    return JobKind(KIND, "Message", act)


def _note(message_id: UUID, at: datetime) -> None:
    db.session.get_one(Message, message_id).sent(at)
    record(Tag.MESSAGE_SENT, None, at, record_id=message_id)


def load_words(on: date) -> None:
    """Add the shipped words that the database does not hold yet, valid from a day."""
    rows = select(MessageWords.name, MessageWords.language, MessageWords.number)
    known = {tuple(row) for row in db.session.execute(rows)}
    for words in shipped_words():
        if (words.name, words.language, words.number) not in known:
            db.session.add(MessageWords(**asdict(words), valid_from=on))
