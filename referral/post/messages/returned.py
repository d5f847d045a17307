"""A mail that a server took, and that another one brought back later.

Mail servers say so in a report of the form of RFC 3464, to the address from which the mail came.
"""

from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from uuid import UUID


def returned(report: bytes) -> UUID | None:
    """The number of the message that could not be delivered for good; None for any other mail.

    A report that a mail is late, or has arrived, brings nothing back.
    """
    mail = message_from_bytes(report, policy=policy.default)
    if mail.get_content_type() != "multipart/report" or not any(map(_failed, mail.walk())):
        return None
    for part in mail.walk():
        key = str(_headers_of(part)["Message-ID"] or "").strip().strip("<>").partition("@")[0]
        try:
            return UUID(key)
        except ValueError:
            continue
    return None


def _failed(part: Message) -> bool:
    """Whether a part says of a receiver that the mail will never reach it."""
    return str(part["Action"] or "").strip().lower() == "failed"


def _headers_of(part: Message) -> Message:
    """The headers of the mail that is sent back with the report, whole or its headers alone."""
    if part.get_content_type() == "text/rfc822-headers" and isinstance(part, EmailMessage):
        return message_from_bytes(part.get_content().encode(), policy=policy.default)
    return part
