"""A message leaves once or never: what has left stays sent, what was dropped stays dropped."""

from datetime import timedelta

import pytest
from support.stories import moment

from referral.post.messages.models import Message, MessageState

AT = moment("2026-08-03 09:00")
HOUR = timedelta(hours=1)
W, S, D = MessageState
DOES = {
    "sent": lambda message: message.sent(AT + HOUR),
    "dropped": lambda message: message.drop(),
    "came back": lambda message: message.come_back(),
}


@pytest.mark.parametrize(
    ("state", "happens", "becomes", "sent_at"),
    [
        (W, "sent", S, AT + HOUR),
        (W, "dropped", D, None),
        (S, "sent", S, AT),
        (S, "dropped", S, AT),
        (D, "sent", D, None),
        (W, "came back", W, None),
        (S, "came back", W, None),
        (D, "came back", D, None),
        (D, "dropped", D, None),
    ],
)
def test_only_what_waits_leaves_or_is_dropped(state, happens, becomes, sent_at):
    message = Message(state=state, sent_at=AT if state is S else None)
    assert message.waits is (state is W)
    DOES[happens](message)
    assert (message.state, message.sent_at) == (becomes, sent_at)
