"""The carrier of each channel, by the settings of this installation."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from referral.post.messages.channels import Channel
from referral.post.messages.notify import NotifyPost, notify_client
from referral.post.messages.post import MailboxFolder, MailServer, NoPost, Post
from referral.settings import Settings


@dataclass(frozen=True)
class Sender:
    """Who takes a channel where one setting is there, and what must be set beside it."""

    setting: str
    made: Callable[[Settings], Post]
    beside: tuple[str, ...] = ()


def _by_mail(settings: Settings) -> Post:
    return MailServer(settings.smtp_url, settings.mail_from)


def _by_text(settings: Settings) -> Post:
    client = notify_client(settings.notify_api_key, settings.notify_url)
    return NotifyPost(client, settings.notify_text_template)


def _by_letter(settings: Settings) -> Post:
    client = notify_client(settings.notify_api_key, settings.notify_url)
    return NotifyPost(client, settings.notify_letter_template, letter=True)


SENDERS: Mapping[Channel, Sender] = {
    Channel.EMAIL: Sender("smtp_url", _by_mail),
    Channel.TEXT: Sender("notify_api_key", _by_text, ("notify_text_template",)),
    Channel.LETTER: Sender("notify_api_key", _by_letter, ("notify_letter_template",)),
}


def posts_of(settings: Settings) -> Mapping[Channel, Post]:
    """The sender of each channel whose setting is there, else the folder.

    In production nothing is put aside silently: without a sender a message fails, visibly.
    """
    posts: dict[Channel, Post] = dict.fromkeys(Channel, NoPost())
    if not settings.production:
        path = Path(settings.mailbox).resolve()
        posts = {each: MailboxFolder(path, settings.mail_from, each) for each in Channel}
    for channel, sender in SENDERS.items():
        if getattr(settings, sender.setting):
            posts[channel] = sender.made(settings)
    return posts


def half_set(settings: Settings) -> Iterator[tuple[str, list[str]]]:
    """Each setting of a sender that needs others beside it, and those that lack; often none.

    By their names in the environment.
    """
    for setting in dict.fromkeys(sender.setting for sender in SENDERS.values() if sender.beside):
        senders = [sender for sender in SENDERS.values() if sender.setting == setting]
        beside = [name for sender in senders for name in sender.beside]
        there = getattr(settings, setting)
        lacking = [name.upper() for name in beside if there and not getattr(settings, name)]
        yield setting.upper(), lacking
