"""By which way a message goes, or why it does not: the whole table, without a database."""

from dataclasses import replace

import pytest

from referral.contact.messages.models import PersonMessage
from referral.contact.messages.ways import BECAUSE, Reach, Way, WhyNot, way_of
from referral.post.messages.channels import Channel

ALL = Reach(
    agreed=True, channels=("call", "text", "email", "letter"), planned=True, best_way="text",
    phone="07700 900123", email="a@example.org", address="1 Some Street\nG1 1AA",
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, Channel.TEXT),
        ({"best_way": "letter"}, Channel.LETTER),
        ({"best_way": "call"}, Channel.TEXT),
        ({"phone": ""}, Channel.EMAIL),  # not confirmed: it may be a stranger's by now
        ({"channels": ("letter", "email"), "best_way": "text"}, Channel.EMAIL),
        ({"channels": ("letter",)}, Channel.LETTER),
        ({"channels": ("letter",), "safe_times": "when the heron sings"}, Channel.LETTER),
        ({"agreed": False}, WhyNot.CONSENT),
        ({"planned": False}, WhyNot.PLAN),
        ({"ended": True}, WhyNot.ENDED),
        ({"held": True}, WhyNot.HELD),
        ({"inside": True}, WhyNot.INSIDE),
        ({"channels": ()}, WhyNot.WAY),
        ({"channels": ("call", "person")}, WhyNot.WAY),
        ({"channels": ("letter",), "no_letters": True}, WhyNot.WAY),
        ({"no_letters": True}, Channel.TEXT),
        ({"no_letters": True, "best_way": "letter"}, Channel.TEXT),
        ({"no_letters": True, "channels": ("email", "letter")}, Channel.EMAIL),
        ({"channels": ("text",), "phone": ""}, WhyNot.WHERE),
        ({"safe_times": "when the heron sings"}, WhyNot.HOURS),
    ],
)
def test_the_person_decides_the_way(change, found):
    way = way_of(replace(ALL, **change))
    assert (way.channel if isinstance(way, Way) else way) == found


def test_what_does_not_fit_on_paper_is_not_written_on_paper():
    only_letters = replace(ALL, channels=("letter",))
    assert way_of(only_letters, (Channel.TEXT, Channel.EMAIL)) == WhyNot.WAY


def test_each_reason_has_its_words():
    assert set(BECAUSE) == set(WhyNot)
    checks = [
        str(c.sqltext) for c in PersonMessage.__table__.constraints if "why_not" in str(c.name)
    ]
    assert checks == [f"why_not IN {tuple(why.value for why in WhyNot)}"]
