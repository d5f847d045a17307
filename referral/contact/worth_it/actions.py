"""Ask the person by a link whether it was worth it, and keep their answer: one for each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.contact_plan.models import ReviewPoint, WorthWord
from referral.contact.messages.actions import write
from referral.contact.messages.models import PersonMessage
from referral.contact.messages.queries import reaches_of
from referral.contact.messages.ways import WhyNot, way_of
from referral.contact.worth_it.queries import WorthDoor, unasked_points
from referral.db import chunks, db
from referral.errors import RuleBroken
from referral.post.links.actions import make_link, use
from referral.post.links.purposes import LinkPurpose
from referral.post.messages.channels import NO_PAPER

BY_LINK, BY_PAGE = "link", "own page"


class AnsweredAlready(RuleBroken):
    """You have answered already. Thank you."""

    status = 409


@dataclass(frozen=True)
class WorthDetails:
    """Yes, partly or no; and in a few words what changed, if the person likes."""

    answer: str
    changed: str = ""


def worth_due(at: datetime) -> list[UUID]:
    """The questions that are open and of which no link was made, where the person may be reached.

    Where they may not, the team's own follow-up asks, as it stands in the plan.
    """
    found = list(unasked_points(at))
    return [point.id for points in chunks(found) for point in _reachable(points, at)]


def ask_worth(point_ids: Sequence[UUID], at: datetime) -> None:
    """One message with a link for each of these questions that is still to be asked."""
    for point in _reachable(list(unasked_points(at, point_ids)), at):
        occasion = f"{LinkPurpose.WORTH}:{point.id}"
        link = make_link(LinkPurpose.WORTH, point.id, occasion, at)
        case = point.plan.case
        if link:
            message = PersonMessage(case=case, name="worth", about_id=link.id, occasion=occasion)
            write(message, None, at, at)
            record(Tag.LINK_SENT, None, at, record_id=link.id)


def _reachable(points: Sequence[ReviewPoint], at: datetime) -> list[ReviewPoint]:
    reaches = reaches_of([point.plan.case for point in points], at)
    ways = [(point, way_of(reaches[point.plan.case_id], NO_PAPER)) for point in points]
    return [point for point, way in ways if not isinstance(way, WhyNot)]


def say_by_link(door: WorthDoor, details: WorthDetails, at: datetime) -> None:
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
