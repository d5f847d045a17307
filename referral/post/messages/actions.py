"""Write a message to somebody, and hand it over when its turn comes."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from referral.audit.trail import Tag, record
from referral.db import db
from referral.jobs.actions import enqueue
from referral.jobs.kinds import Effect, JobKind, Owner, Task
from referral.post.messages.channels import Channel
from referral.post.messages.models import Message, MessageWords, Outgoing
from referral.post.messages.post import Envelope, Post
from referral.post.messages.queries import words_of
from referral.post.messages.words import shipped_words
from referral.web.bidi import in_words_of

KIND = "message"

M = TypeVar("M", bound=Outgoing)
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


@dataclass(frozen=True)
class Leaving:
    """A message on its way out: its channel, its envelope, and how it is noted that it left."""

    channel: Channel
    envelope: Envelope
    note: Callable[[datetime], None]


def handing_over(
    table: type[M], look: Callable[[M, datetime], Leaving | None], posts: Mapping[Channel, Post]
) -> Callable[[Task], Effect | None]:
    """The deed of a worker for the messages of a table: each leaves once, looked at as it leaves.

    `look` says what leaves, or deals with a message that must not, or not yet, and returns None.
    """

    def act(task: Task) -> Effect | None:
        wanted = select(table).where(table.id == task.about_id).with_for_update()
        message = db.session.scalars(wanted.execution_options(populate_existing=True)).one()
        leaving = look(message, task.at) if message.waits else None
        if leaving is None:
            return None
        return Effect(partial(posts[leaving.channel].send, leaving.envelope), leaving.note)

    return act


def envelope_of(
    message: Outgoing, words: MessageWords, places: Mapping[str, str], to: str, at: datetime
) -> Envelope:
    """The words of a message with what stands in their places, addressed."""
    said = in_words_of(words.language, places)
    subject = words.subject.format_map(said)
    text = words.text.format_map(said)
    return Envelope(str(message.id), to, subject, text.strip() + "\n", at)


def message_kind(fillers: Mapping[str, Filler], posts: Mapping[Channel, Post]) -> JobKind:
    """The work of handing over what goes to services and staff.

    A filler says what stands in a message's places at this moment, or None when it must not go out
    any more.
    """

    def look(message: Message, at: datetime) -> Leaving | None:
        places = fillers[message.name](message.about_id, at)
        if places is None:
            message.drop()
            return None
        words = words_of(message.name, message.language, at)
        envelope = envelope_of(message, words, places, message.to, at)
        return Leaving(message.channel, envelope, partial(_note, message.id))

    return JobKind(KIND, "Message", handing_over(Message, look, posts))


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
