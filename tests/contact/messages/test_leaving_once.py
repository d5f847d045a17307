"""A message to a person leaves once or never, however many workers and colleagues act on it."""

from datetime import timedelta
from uuid import UUID

import pytest
from support.stories import moment

from referral.contact.messages.models import PersonMessage, State
from referral.contact.messages.ways import WhyNot
from referral.post.messages.channels import Channel

AT = moment("2026-08-03 09:00")
LATER = AT + timedelta(hours=1)
WORDS, OTHERS = UUID(int=1), UUID(int=2)
LEFT = {"channel": Channel.TEXT, "words_id": WORDS, "ended_at": AT}
HELD = {"why_not": WhyNot.STOPPED, "ended_at": AT}
DOES = {
    "sent": lambda message: message.sent(Channel.EMAIL, OTHERS, LATER),
    "stopped": lambda message: message.stop(WhyNot.LATE, LATER),
}
NOW_LEFT = {"channel": Channel.EMAIL, "words_id": OTHERS, "ended_at": LATER}
NOW_HELD = {"why_not": WhyNot.LATE, "ended_at": LATER}


@pytest.mark.parametrize(
    ("state", "said", "happens", "becomes", "then"),
    [
        (State.WAITING, {}, "sent", State.SENT, NOW_LEFT),
        (State.WAITING, {}, "stopped", State.STOPPED, NOW_HELD),
        (State.SENT, LEFT, "sent", State.SENT, LEFT),
        (State.SENT, LEFT, "stopped", State.SENT, LEFT),
        (State.STOPPED, HELD, "sent", State.STOPPED, HELD),
        (State.STOPPED, HELD, "stopped", State.STOPPED, HELD),
    ],
)
def test_only_what_waits_leaves_or_is_stopped(state, said, happens, becomes, then):
    message = PersonMessage(state=state, **said)
    assert message.waits is (state is State.WAITING)
    DOES[happens](message)
    assert message.state == becomes
    fields = ("channel", "words_id", "why_not", "ended_at")
    assert {name: getattr(message, name) for name in fields if getattr(message, name)} == then
