"""Pages behind a link from an e-mail. Nothing about the person is on them without the code."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.audit.trail import Tag, record
from referral.casework.contact_plan.queries import attempts_for
from referral.clock import now, today
from referral.db import db, whole
from referral.directory.queries import choices
from referral.handoff.by_link import actions
from referral.handoff.by_link.forms import (
    CodeForm,
    LinkAppointmentForm,
    LinkAttemptForm,
    LinkEndForm,
    SureForm,
)
from referral.handoff.by_link.guard import answer_form, by_link, came_form, over, show
from referral.handoff.by_link.queries import ReferralDoor, meeting_in_question, sender_of
from referral.handoff.by_link.questions import REASONS
from referral.handoff.followup.actions import book as book_meeting
from referral.handoff.followup.forms import end_form
from referral.handoff.followup.queries import appointments_of, end_questions
from referral.handoff.referrals.sight import NOTHING
from referral.handoff.referrals.sight_queries import seen_now
from referral.post.links.actions import WrongCode, prove, send_code
from referral.post.links.guard import is_proved, remember, shut
from referral.post.links.purposes import CODE_LASTS, LinkPurpose
from referral.post.links.queries import last_code, live_links, text_to
from referral.web import submit_keys
from referral.web.done import done
from referral.web.forms import Form, keeping, options

blueprint = Blueprint("by_link", __name__, url_prefix="/a/<text>")


@blueprint.get("")
@by_link()
def page(door: ReferralDoor) -> ResponseReturnValue:
    """The page behind a link. To fetch it changes nothing: programs that scan mail do so."""
    return _page(door)


@blueprint.post("/answer")
@by_link(dead=True)
def answer(door: ReferralDoor) -> ResponseReturnValue:
    """We have it, we can't because…, or ask us; afterwards a question, or we can no longer."""
    at = now()
    if not (door.stands_open(at) or door.may_change(at)):
        return shut(door, over)
    form = answer_form(door)
    with keeping(form):
        if form.validate():
            actions.answer(door, form.details(), at)
            return done(_next_page(door))
    return _page(door, answer=form) if door.stands_open(at) else over(door, 200, form)


@blueprint.post("/came")
@by_link(dead=True)
def came(door: ReferralDoor) -> ResponseReturnValue:
    """What became of the appointment? Until midnight the same link changes what was said."""
    at = now()
    if not (door.stands_open(at) or door.may_change(at)):
        return shut(door, over)
    form = came_form(door)
    with keeping(form):
        if form.validate():
            actions.say_came(door, form.details(), at)
            return _done(door)
    return _page(door, came=form) if door.stands_open(at) else over(door, 200, form)


@blueprint.post("/still")
@by_link()
def still(door: ReferralDoor) -> ResponseReturnValue:
    """They are still with us."""
    form = SureForm()
    with keeping(form):
        if form.validate():
            actions.say_still(door, now())
            return _done(door)
    return _page(door, sure=form)


@blueprint.post("/stopped")
@by_link()
def stopped(door: ReferralDoor) -> ResponseReturnValue:
    """We have stopped using it, because the person changed their mind."""
    form = SureForm()
    with keeping(form):
        if form.validate():
            actions.say_stopped(door, now())
            return _done(door)
    return _page(door, sure=form)


@blueprint.post("/end")
@by_link()
def end(door: ReferralDoor) -> ResponseReturnValue:
    """How it ended and what changed; asked behind the code, because it names what they need."""
    if not is_proved(door):
        return _page(door)
    form = _end_form(door)
    with keeping(form):
        if form.validate():
            actions.answer(door, form.details(), now())
            return _done(door)
    return _page(door, end=form)


@blueprint.post("/appointment")
@by_link()
def appointment(door: ReferralDoor) -> ResponseReturnValue:
    """When they are expected; behind the code."""
    if not is_proved(door) or door.purpose is not LinkPurpose.SEE:
        return _page(door)
    form = LinkAppointmentForm()
    with keeping(form):
        if form.validate():
            book_meeting(door.referral, form.details(), door.actor, now())
            return _done(door)
    return _page(door, appointment=form)


@blueprint.post("/try")
@by_link()
def attempt(door: ReferralDoor) -> ResponseReturnValue:
    """A try to reach them, or that they were reached; behind the code."""
    if not is_proved(door):
        return _page(door)
    form = _attempt_form()
    with keeping(form):
        if form.validate():
            actions.log_try(door, form.details(), now())
            return _done(door)
    return _page(door, attempt=form)


@blueprint.post("/code")
@by_link()
def code(door: ReferralDoor) -> ResponseReturnValue:
    """Send a code to the service's registered address."""
    form = CodeForm()
    with keeping(form):
        send_code(door.link, door.reader(now()), door.actor, now())
        return _done(door)
    return _page(door, code=form)


@blueprint.post("/open")
@by_link()
def open_by_code(door: ReferralDoor) -> ResponseReturnValue:
    """The code was typed: this browser may see who it is, for half an hour."""
    form = CodeForm()
    with keeping(form):
        if form.validate():
            if found := prove(door.link, form.code.data or "", door.actor, now()):
                remember(found)
                return _done(door)
            form.tell(form.code, WrongCode().sentence)
    return _page(door, code=form)


@blueprint.post("/again")
@by_link(dead=True)
def again(door: ReferralDoor) -> ResponseReturnValue:
    """Another link in place of an old one, to the registered address and nowhere else."""
    actions.send_anew(door, now())
    submit_keys.spend(url_for("by_link.page", text=door.text))
    db.session.commit()
    return render_template("handoff/by_link/sent.html", door=door, sender=sender_of(door.referral))


def _done(door: ReferralDoor) -> ResponseReturnValue:
    return done(url_for("by_link.page", text=door.text))


def _next_page(door: ReferralDoor) -> str:
    """Where an answer leads: who has typed the code goes on at once by the link that was sent."""
    text = door.text
    if is_proved(door) and door.link.used_at:
        good = live_links(door.referral.id, now())
        text = next((text_to(link) for link in good if link.purpose is LinkPurpose.SEE), text)
    return url_for("by_link.page", text=text)


def _page(door: ReferralDoor, **forms: Form) -> ResponseReturnValue:
    at = now()
    seen = is_proved(door)
    if not door.stands_open(at):
        return shut(door, over)
    sight = seen_now(door.referral, at) if seen else NOTHING
    if seen:
        subject, number = door.referral.person_id, door.referral.id
        record(Tag.REFERRAL_SEEN, door.actor, at, subject_id=subject, record_id=number)
    sent = next(iter(forms.values()), None)
    forms = _forms(door, seen) | forms
    whole(door.link)
    whole(door.referral, "service", "events")
    for form in forms.values():
        show(form, door)
    code = last_code(door.link, at)
    found = render_template(
        f"handoff/by_link/{door.purpose}.html",
        door=door, seen=seen, sight=sight, forms=forms, sent=sent, sender=sender_of(door.referral),
        code_at=code and code.made_at, code_until=code and code.made_at + CODE_LASTS,
        meeting=meeting_in_question(door, at),
        meetings=appointments_of(door.referral.id) if seen else (),
        tries=attempts_for([door.referral.id])[door.referral.id] if seen else (),
    )  # fmt: skip
    return found, sent.status if sent else 200


def _forms(door: ReferralDoor, seen: bool) -> dict[str, Any]:
    """The forms of the page: without the code none that names what the person needs."""
    kept: dict[str, Any] = {"code": CodeForm(), "sure": SureForm(), "came": came_form(door)}
    if door.purpose in REASONS:
        kept["answer"] = answer_form(door)
    if seen:
        kept |= {"end": _end_form(door), "appointment": LinkAppointmentForm()}
        kept["attempt"] = _attempt_form()
    return kept


def _attempt_form() -> LinkAttemptForm:
    form = LinkAttemptForm()
    form.channel.choices = options(choices("contact_channel", today()))
    form.result.choices = options(choices("attempt", today()))
    return form


def _end_form(door: ReferralDoor) -> LinkEndForm:
    told = seen_now(door.referral, now()).needs
    return end_form(*end_questions(told, today()), base=LinkEndForm)
