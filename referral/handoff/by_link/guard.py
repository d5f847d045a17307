"""The guard on the pages by which a service answers, and what they say when a link is over."""

from flask import render_template
from flask.typing import ResponseReturnValue

from referral.clock import now, today
from referral.directory.queries import choices
from referral.handoff.by_link.forms import Answered, AnswerForm, CameForm
from referral.handoff.by_link.queries import (
    DOORS,
    ReferralDoor,
    came_version,
    meeting_in_question,
    sender_of,
)
from referral.handoff.by_link.questions import (
    CAME_WORDS,
    MAY_SAY,
    MOVE_WORDS,
    REASONS,
    SAID_WORDS,
    YET_WORDS,
    Came,
)
from referral.handoff.referrals.states import MOVE_LABELS
from referral.post.links.guard import guard_of
from referral.post.links.purposes import LinkPurpose
from referral.web.forms import Form, options


def over(
    door: ReferralDoor | None, status: int, form: Answered | None = None
) -> ResponseReturnValue:
    """The link is over: what it said, how to change that today, or a new link where that helps."""
    if door is None:
        return render_template("handoff/by_link/over.html", door=None), status
    at = now()
    changed = (form or _form_of(door)) if door.may_change(at) else None
    if changed:
        show(changed, door)
    page = render_template(
        "handoff/by_link/over.html",
        door=door,
        again=door.question(at),
        sender=sender_of(door.referral),
        said=SAID_WORDS.get(door.link.answer or "", ""),
        meeting=meeting_in_question(door, at) if door.link.used_at else None,
        form=changed,
        sent=form,
    )
    return page, form.status if form else status


def _form_of(door: ReferralDoor) -> Answered:
    return came_form(door) if door.purpose is LinkPurpose.CAME else answer_form(door)


def answer_form(door: ReferralDoor) -> AnswerForm:
    """What the service can say by this link; its reasons without the team's own."""
    form = AnswerForm()
    reasons, ours = REASONS.get(door.purpose, ("service_decline", ()))
    moves = MAY_SAY.get(door.purpose, ())
    form.answer.choices = options((move, MOVE_WORDS.get(move, MOVE_LABELS[move])) for move in moves)
    form.reason.choices = options(r for r in choices(reasons, today()) if r[0] not in ours)
    return form


def came_form(door: ReferralDoor) -> CameForm:
    """What became of the appointment; an answer that was given can also be taken back."""
    form = CameForm()
    words = CAME_WORDS if meeting_in_question(door, now()) else YET_WORDS
    given = door.link.used_at is not None
    form.answer.choices = options((a, w) for a, w in words.items() if given or a != Came.UNKNOWN)
    form.not_held.choices = options(choices("not_held", today()))
    form.moved_by.choices = options(choices("moved_by", today()))
    return form


def show(form: Form, door: ReferralDoor) -> None:
    """The form is shown for what stands now: the referral, and what was said of meetings."""
    form.show(came_version(door) if isinstance(form, CameForm) else door.referral.version)


by_link = guard_of(DOORS, over)
