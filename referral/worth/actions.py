"""Ask the person by a link whether it was worth it, and keep their answer: one for each time."""

from dataclasses import dataclass
from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.db import db
from referral.errors import RuleBroken
from referral.jobs.kinds import Effect, Task
from referral.links.actions import make_link, use
from referral.links.purposes import LinkPurpose
from referral.plans.models import ReviewPoint, WorthWord
from referral.reaching.actions import NO_PAPER, write
from referral.reaching.models import PersonMessage
from referral.reaching.queries import reach_of
from referral.reaching.ways import WhyNot, way_of
from referral.worth.queries import Door, asked_links, open_points

BY_LINK, BY_PAGE = "link", "own page"


class AnsweredAlready(RuleBroken):
    """That was answered already. Thank you."""

    status = 409


@dataclass(frozen=True)
class WorthDetails:
    """Yes, partly or no; and in a few words what changed, if the person likes."""

    answer: str
    changed: str = ""


def ask_worth(task: Task) -> Effect | None:
    """One message with a link for each question that opens, where the person may be reached.

    Where they may not, the team's own follow-up asks, as it stands in the plan.
    """
    points = list(open_points(task.at))
    asked = asked_links(points)
    for point in points:
        case = point.plan.case
        if point.id in asked or isinstance(way_of(reach_of(case, task.at), NO_PAPER), WhyNot):
            continue
        occasion = f"{LinkPurpose.WORTH}:{point.id}"
        link = make_link(LinkPurpose.WORTH, point.id, occasion, task.at)
        if link:
            message = PersonMessage(case=case, name="worth", about_id=link.id, occasion=occasion)
            write(message, None, task.at, task.at)
            record(Tag.LINK_SENT, None, task.at, record_id=link.id)
    return None


def say_by_link(door: Door, details: WorthDetails, at: datetime) -> None:
    """The answer of whoever holds the link. Raises LinkOver, AnsweredAlready."""
    use(door.link, details.answer, door.actor, at)
    _say(door.point, details, BY_LINK, door.actor, at)


def say_by_page(point: ReviewPoint, details: WorthDetails, by: Actor, at: datetime) -> None:
    """The answer on the person's own page. Raises AnsweredAlready."""
    _say(point, details, BY_PAGE, by, at)


def _say(point: ReviewPoint, details: WorthDetails, way: str, by: Actor, at: datetime) -> None:
    if point.worth is not None:
        raise AnsweredAlready
    word = WorthWord(point=point, answer=details.answer, changed=details.changed, by_way=way)
    word.said_at = at
    db.session.add(word)
    db.session.flush()  # the audit names it by its number
    subject = point.plan.case.person_id
    record(Tag.WORTH_SAID, by, at, subject_id=subject, record_id=word.id)
