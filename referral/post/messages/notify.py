"""Text messages and letters through GOV.UK Notify, with its own client (an optional extra)."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from referral.jobs.kinds import Undeliverable
from referral.post.messages.post import Envelope


@dataclass(frozen=True)
class NotifyPost:
    """Sends through a Notify template that has one place for our text, ((text)).

    Notify does not refuse a repetition, so it is asked first whether it has our key as reference.
    """

    client: Any
    template_id: str
    letter: bool = False

    def send(self, envelope: Envelope) -> None:
        """Hand it to Notify. Raises Undeliverable for a number or address that Notify refuses."""
        if self.client.get_all_notifications(reference=envelope.key)["notifications"]:
            return
        said = {"text": envelope.body}
        try:
            if self.letter:
                lines = enumerate(envelope.to.splitlines(), 1)
                said |= {f"address_line_{number}": line for number, line in lines}
                self.client.send_letter_notification(self.template_id, said, envelope.key)
            else:
                self.client.send_sms_notification(envelope.to, self.template_id, said, envelope.key)
        except Exception as error:
            if getattr(error, "status_code", 0) == 400:
                raise Undeliverable from None
            raise


def notify_client(key: str, url: str) -> Any:
    """Notify's own client; installed with the extra [notify]."""
    theirs = import_module("notifications_python_client.notifications")
    return theirs.NotificationsAPIClient(key, base_url=url, timeout=20)
