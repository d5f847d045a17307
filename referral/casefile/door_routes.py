"""Somebody called or came: by which door, who they are, and what family asked to be passed on."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casefile.actions import same_person
from referral.casefile.door_forms import NOBODY, EarlierForm, MessageForm, came_form, sure_form
from referral.casefile.door_queries import Alike, alike_of
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_for
from referral.casework.doors import actions as doors
from referral.casework.doors import never_met_actions as never_met
from referral.casework.doors.models import FamilyMessage
from referral.casework.doors.queries import held_before, message_for, messages_of
from referral.clock import now, today
from referral.consent.queries import read_out
from referral.consent.words import ENGLISH
from referral.custody.doors import Way
from referral.db import whole
from referral.directory.queries import choices_in, councils
from referral.web.done import done
from referral.web.forms import keeping, options
from referral.web.paging import this_page

blueprint = Blueprint("doors", __name__, url_prefix="/cases")


@blueprint.get("/came")
@requires(Permission.WORK_CASES)
def who() -> ResponseReturnValue:
    """Who is calling, or has come?"""
    return render_template("casefile/doors/who.html")


@blueprint.route("/came/<any(call,visit,court,agency,family):way>", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def came(way: str) -> ResponseReturnValue:
    """Write down who called or came. Nothing on record is looked up, or told them."""
    by = Way(way)
    home = [(one.code, one.name) for one in councils()]
    form = came_form(by, choices_in(("need", "danger"), today()), home)
    with keeping(form):
        if form.validate_on_submit():
            case = doors.write_down(form.coming(by, _message()), acting(), now())
            page = ".earlier" if not case.booking.unmet else "casefile.case"
            return done(url_for(page, case_id=case.id))
    words = read_out(ENGLISH, now())
    page = render_template("casefile/doors/came.html", form=form, way=by, words=words)
    return page, form.status


def _message() -> FamilyMessage | None:
    """The message of family after which somebody was reached, where it was one."""
    number = request.args.get("message", type=UUID)
    return message_for(acting(), number) if number else None


@blueprint.route("/<uuid:case_id>/sure", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def sure(case_id: UUID) -> ResponseReturnValue:
    """The team has met them, or rung them back: it is them."""
    case = case_for(acting(), case_id, to_change=True)
    held = held_before(acting(), case.booking)
    form = sure_form(held)
    with keeping(form):
        if form.validate_on_submit():
            doors.make_sure(case, form.sure(), acting(), now())
            return done(url_for(".earlier", case_id=case.id))
    case = whole(case, "person", "booking")
    return render_template("casefile/doors/sure.html", form=form, case=case, held=held), form.status


@blueprint.post("/<uuid:case_id>/open-again")
@requires(Permission.WORK_CASES)
def open_again(case_id: UUID) -> ResponseReturnValue:
    """The case closed because nobody had met them; they turned up after all."""
    case = case_for(acting(), case_id, to_change=True)
    never_met.open_again(case, acting(), now())
    return done(url_for("casefile.case", case_id=case.id))


@blueprint.route("/<uuid:case_id>/earlier", methods=["GET", "POST"])
@requires(Permission.WORK_CASES, recorded=True)
def earlier(case_id: UUID) -> ResponseReturnValue:
    """Now that they were met: were they here before?"""
    case = case_for(acting(), case_id)
    doors.check_by_door(case)
    alike = alike_of(acting(), case)
    form = EarlierForm()
    named = [(str(one.number), f"{one.words} ({one.why})") for one in alike]
    form.same_as.choices = options([*named, (NOBODY, "None of these: somebody new")])
    with keeping(form):
        if form.validate_on_submit():
            shown = [one.number for one in alike]
            case = same_person(case, form.chosen, shown, acting(), now())
            return done(url_for("casefile.case", case_id=case.id))
    return _earlier(case, form, alike)


def _earlier(case: Case, form: EarlierForm, alike: Sequence[Alike]) -> ResponseReturnValue:
    if not alike:
        return redirect(url_for("casefile.case", case_id=case.id), 303)
    for one in alike:
        record(Tag.PERSON_SUGGESTED, acting(), now(), subject_id=one.number)
    case = whole(case, "person")
    return render_template("casefile/doors/earlier.html", form=form, case=case), form.status


@blueprint.route("/messages/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def leave() -> ResponseReturnValue:
    """Family or a friend leaves a message. They are told nothing, and nothing is looked up."""
    form = MessageForm()
    with keeping(form):
        if form.validate_on_submit():
            doors.leave_message(form.details(), acting(), now())
            return done(url_for("casefile.case_list"))
    return render_template("casefile/doors/leave.html", form=form), form.status


@blueprint.get("/messages")
@requires(Permission.WORK_CASES, recorded=True)
def messages() -> ResponseReturnValue:
    """What family and friends asked to be passed on, and nobody has seen to yet."""
    found = messages_of(acting(), this_page())
    for one in found:
        record(Tag.MESSAGE_SEEN, acting(), now(), record_id=one.id)
    return render_template("casefile/doors/messages.html", messages=found, now=now())


@blueprint.post("/messages/<uuid:left_id>/over")
@requires(Permission.WORK_CASES)
def over(left_id: UUID) -> ResponseReturnValue:
    """It is dealt with: what it said is gone."""
    doors.end_message(message_for(acting(), left_id), acting(), now())
    return done(url_for(".messages"))
