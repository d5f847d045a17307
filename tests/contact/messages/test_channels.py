"""Each channel is whole: it can be agreed to, reaches a place that the plan knows, and is sent."""

import csv
from dataclasses import fields

import pytest
from contact.messages.reached import OUT, reachable, work
from overdue.escalation.seeded import named

from referral.casework.contact_plan.forms import PlanForm
from referral.casework.contact_plan.models import ContactPlan
from referral.consent.actions import ContactRules
from referral.contact.messages.actions import ask_to_ring
from referral.contact.messages.queries import messages_of
from referral.contact.messages.ways import Reach
from referral.contact.own_page.forms import ReachForm
from referral.directory.reference_actions import DATA
from referral.post.messages.channels import MANNERS, Channel, Place
from referral.post.messages.post import MailboxFolder, NoPost
from referral.post.messages.posts import SENDERS, posts_of
from referral.settings import Settings


def test_each_channel_has_its_row_and_words_of_its_own():
    assert set(MANNERS) == set(Channel)
    assert len({manner.label for manner in MANNERS.values()}) == len(MANNERS)
    assert len({manner.called for manner in MANNERS.values()}) == len(MANNERS)


def test_a_text_alone_has_no_subject_and_a_letter_alone_is_paper():
    assert [one for one in Channel if not one.manner.subject] == [Channel.TEXT]
    assert [one for one in Channel if one.manner.on_paper] == [Channel.LETTER]


def test_each_channel_can_be_agreed_to_under_its_own_code():
    with (DATA / "codelists.csv").open(encoding="utf-8", newline="") as lines:
        offered = {
            row["code"]: row["label"]
            for row in csv.DictReader(lines)
            if row["list"] == "contact_channel"
        }
    assert {channel.value: channel.manner.label for channel in Channel}.items() <= offered.items()


def test_each_channel_is_handed_to_somebody_where_all_is_set():
    keys = {sender.setting: f"key-{'0' * 73}" for sender in SENDERS.values()}
    known = Settings("sqlite://", **keys | {"smtp_url": "smtp://127.0.0.1:1"})
    assert set(SENDERS) == set(Channel), "give it a sender in post/messages/posts.py"
    assert not [p for p in posts_of(known).values() if isinstance(p, MailboxFolder | NoPost)]


@pytest.mark.parametrize("channel", Channel)
def test_each_channel_brings_a_message_to_who_agreed_to_it_alone(app, channel):
    with app.app_context():
        case = reachable(1, ContactRules((channel.value,), ""))
        ask_to_ring(case, named("Morag Sim").actor, OUT)
        [arrived] = work(app, OUT)
        assert arrived.channel is channel
        [line] = messages_of(case.id, 1, OUT)
        assert line.became == f"sent as {channel.manner.called}"


@pytest.mark.parametrize("place", Place)
def test_each_place_is_asked_for_kept_and_found_again(app, place):
    assert place in {field.name for field in fields(Reach)}
    with app.test_request_context():
        assert place in PlanForm()
        assert place in ReachForm()
    assert hasattr(ContactPlan, "confirmed_number" if place is Place.PHONE else place)
