"""What is refused about the links by which a service answers, and their codes."""

from datetime import timedelta

from conftest import hidden_fields
from rules.scene import Breaks, Scene

from referral.db import db
from referral.errors import StaleEdit
from referral.handoff.by_link import actions as answers
from referral.handoff.by_link.actions import say_stopped
from referral.handoff.by_link.queries import DOORS, came_version
from referral.handoff.by_link.questions import Came
from referral.handoff.followup import actions as followup
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals import refusals
from referral.handoff.referrals.states import Move
from referral.post.links import actions as links
from referral.post.links.models import Link, LinkCode
from referral.post.links.purposes import LinkPurpose
from referral.post.links.queries import link_in


def link(s: Scene) -> Link:
    """The link by which the hub answers."""
    found = link_in(s.places["own"]["text-answer"])
    assert found
    return found


def use_twice(s: Scene):
    """The answer was given."""
    links.use(link(s), "accept", s.service, s.at)
    return links.use(link(s), "accept", s.service, s.at)


def code_of_a_dead_link(s: Scene):
    """The team stopped it."""
    links.revoke(link(s), s.worker, s.at)
    return links.send_code(link(s), "hub@example.org", s.service, s.at)


def four_codes(s: Scene):
    """One more than are sent in the life of one."""
    for _ in range(4):
        links.send_code(link(s), "hub@example.org", s.service, s.at)


def stopped_by_another_link(s: Scene):
    """A link that asks something else."""
    door = DOORS.behind(s.places["own"]["text-answer"])
    assert door
    return say_stopped(door, s.at)


def asked(s: Scene, place: str, purpose: LinkPurpose):
    """The door of a link, which asks something else than it did."""
    door = DOORS.behind(s.places["own"][place])
    assert door
    door.link.purpose = purpose
    return door


def try_by_another_link(s: Scene):
    """A link that asks whether they came."""
    tried = followup.AttemptDetails("call", "reached", s.at)
    return answers.log_try(asked(s, "text-see", LinkPurpose.CAME), tried, s.at)


def came_by_another_link(s: Scene):
    """A link that shows who it is."""
    details = answers.CameDetails(Came.YES, 1)
    return answers.say_came(asked(s, "text-came", LinkPurpose.SEE), details, s.at)


def came_on_a_page_from_before(s: Scene):
    """A colleague has said something since."""
    door = DOORS.behind(s.places["own"]["text-came"])
    assert door
    details = answers.CameDetails(Came.YES, came_version(door) - 1)
    return answers.say_came(door, details, s.at)


def still_by_another_link(s: Scene):
    """A link that asks whether they came."""
    return answers.say_still(asked(s, "text-changed", LinkPurpose.CAME), s.at)


def end_by_another_link(s: Scene):
    """A link that asks whether the service takes them on."""
    details = handoff.MoveDetails(Move.CANCEL, 1, "CANNOT")
    return answers.answer(asked(s, "text-answer", LinkPurpose.ANSWER), details, s.at)


def change_the_next_day(s: Scene):
    """What was answered yesterday."""
    links.use(link(s), "accept", s.service, s.at - timedelta(days=1))
    return links.unuse(link(s), s.service, s.at)


def wrong_code(s: Scene) -> str:
    """Typed on the page behind the link."""
    path = f"/a/{s.places['own']['text-answer']}"
    sent = hidden_fields(s.browser.get(path).text) | {"code": "000000"}
    s.browser.post(f"{path}/code", data=sent)
    assert db.session.query(LinkCode).count() == 1
    fields = hidden_fields(s.browser.get(path).text) | {"code": "0000000"}
    return s.browser.post(f"{path}/open", data=fields).text


BREAKS: Breaks = [
    (links.LinkOver, use_twice),
    (links.LinkOver, code_of_a_dead_link),
    (links.LinkOver, stopped_by_another_link),
    (links.LinkOver, try_by_another_link),
    (links.LinkOver, came_by_another_link),
    (links.LinkOver, still_by_another_link),
    (StaleEdit, came_on_a_page_from_before),
    (links.LinkOver, change_the_next_day),
    (refusals.IllegalMove, end_by_another_link),
    (links.NoAddress, lambda s: links.send_code(link(s), "", s.service, s.at)),
    (links.EnoughCodes, four_codes),
]
SHOWN = [(links.WrongCode, wrong_code)]
