"""The carrier of each channel, by the settings of this installation."""

from collections.abc import Mapping
from pathlib import Path

from referral.post.messages.channels import Channel
from referral.post.messages.notify import NotifyPost, notify_client
from referral.post.messages.post import MailboxFolder, MailServer, NoPost, Post
from referral.settings import Settings


def posts_of(settings: Settings) -> Mapping[Channel, Post]:
    """A mail server where one is named, else the folder; GOV.UK Notify where a key is set.

    In production nothing is put aside silently: without a mail server an e-mail fails, visibly.
    """
    posts: dict[Channel, Post] = dict.fromkeys(Channel, NoPost())
    if not settings.production:
        path = Path(settings.mailbox).resolve()
        posts = {each: MailboxFolder(path, settings.mail_from, each) for each in Channel}
    if settings.smtp_url:
        posts[Channel.EMAIL] = MailServer(settings.smtp_url, settings.mail_from)
    if settings.notify_key:
        client = notify_client(settings.notify_key, settings.notify_url)
        posts[Channel.TEXT] = NotifyPost(client, settings.notify_text_template)
        posts[Channel.LETTER] = NotifyPost(client, settings.notify_letter_template, letter=True)
    return posts
