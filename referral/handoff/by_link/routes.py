"""Pages behind a link from an e-mail. Nothing about the person is on them without the code."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.audit.trail import Tag, record
from referral.clock import now, today
from referral.db import db, whole
from referral.directory.queries import choices
from referral.handoff.by_link import actions
from referral.handoff.by_link.forms import (
    AnswerForm,
    CodeForm,
    LinkAppointmentForm,
    LinkEndForm,
    PlainForm,
)
from referral.handoff.by_link.guard import by_link, over
from referral.handoff.by_link.queries import ReferralDoor
from referral.handoff.followup.actions import book as book_meeting
from referral.handoff.followup.forms import end_form
from referral.handoff.followup.queries import appointments_of, end_questions
from referral.handoff.referrals.sight import NOTHING
from referral.handoff.referrals.sight_queries import seen_now
from referral.handoff.referrals.states import Move
from referral.locks import writing
from referral.post.links.actions import WrongCode, note_opened, prove, send_code
from referral.post.links.guard import is_proved, remember, shut
from referral.post.links.purposes import LinkPurpose
from referral.web import submit_keys
from referral.web.done import done
from referral.web.forms import Form, keeping, options

blueprint = Blueprint("by_link", __name__, url_prefix="/a/<text>")


@blueprint.get("")
@by_link()
def page(door: ReferralDoor) -> ResponseReturnValue:
    """The page behind a link. To open it counts as received."""
    with writing():
        note_opened(door.link, door.actor, now())
    return _page(door)


@blueprint.post("/answer/<any(accept,reject,ask):move>")
@by_link()
def answer(door: ReferralDoor, move: str) -> ResponseReturnValue:
    """We have it, we can't because…, or ask us."""
    form = _answer_form()
    with keeping(form):
        if form.validate():
            actions.answer(door, form.details(Move(move)), now())
            return _done(door)
    return _page(door, answer=form)


@blueprint.post("/came/<any(yes,no):came>")
@by_link()
def came(door: ReferralDoor, came: str) -> ResponseReturnValue:
    """Did they come?"""
    form = PlainForm()
    with keeping(form):
        actions.say_came(door, came == "yes", form.seen_version, now())
        return _done(door)
    return _page(door, plain=form)


@blueprint.post("/still")
@by_link()
def still(door: ReferralDoor) -> ResponseReturnValue:
    """They are still with us."""
    actions.say_still(door, now())
    return _done(door)


@blueprint.post("/stopped")
@by_link()
def stopped(door: ReferralDoor) -> ResponseReturnValue:
    """We have stopped using it, because the person changed their mind."""
    form = PlainForm()
    with keeping(form):
        actions.say_stopped(door, now())
        return _done(door)
    return _page(door, plain=form)


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


@blueprint.post("/code")
@by_link()
def code(door: ReferralDoor) -> ResponseReturnValue:
    """Send a code to the service's registered address."""
    form = CodeForm()
    with keeping(form):
        send_code(door.link, door.referral.service.email_on(today()), door.actor, now())
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
            form.code.errors = [WrongCode().sentence]
    return _page(door, code=form)


@blueprint.post("/again")
@by_link(dead=True)
def again(door: ReferralDoor) -> ResponseReturnValue:
    """Another link in place of an old one, to the registered address and nowhere else."""
    actions.send_anew(door, now())
    submit_keys.spend(url_for("by_link.page", text=door.text))
    db.session.commit()
    return render_template("handoff/by_link/sent.html", door=door)


def _done(door: ReferralDoor) -> ResponseReturnValue:
    return done(url_for("by_link.page", text=door.text))


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
    kept: dict[str, Any] = {"answer": _answer_form(), "code": CodeForm(), "plain": PlainForm()}
    if seen:
        kept |= {"end": _end_form(door), "appointment": LinkAppointmentForm()}
    forms = kept | forms
    whole(door.link)
    whole(door.referral, *(["events"] if seen else []))
    for form in forms.values():
        form.show(door.referral.version)
    meetings = appointments_of(door.referral.id) if seen else ()
    found = render_template(
        f"handoff/by_link/{door.purpose}.html",
        door=door, seen=seen, sight=sight, forms=forms, sent=sent, meetings=meetings,
    )  # fmt: skip
    return found, sent.status if sent else 200


def _answer_form() -> AnswerForm:
    form = AnswerForm()
    form.reason.choices = options(choices("service_decline", today()))
    return form


def _end_form(door: ReferralDoor) -> LinkEndForm:
    told = seen_now(door.referral, now()).needs
    return end_form(*end_questions(told, today()), base=LinkEndForm)
