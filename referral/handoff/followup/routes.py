"""The service's inbox: say yes or no, say what happened."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.accounts.users.queries import colleagues
from referral.audit.trail import Tag, record
from referral.casework.contact_plan.queries import attempts_for
from referral.clock import now, today
from referral.db import db, whole
from referral.directory.queries import choices, services
from referral.handoff.followup import actions
from referral.handoff.followup.back_actions import to_take_back
from referral.handoff.followup.forms import (
    AppointmentForm,
    AttemptForm,
    CameForm,
    EndForm,
    NotHeldForm,
    end_form,
    write_up_form,
)
from referral.handoff.followup.queries import (
    ENDS,
    appointment_for,
    appointments_of,
    end_questions,
    outcomes_of,
)
from referral.handoff.followup.saying import WAITS_AGAIN, Word
from referral.handoff.referrals import outcome_actions as outcomes
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.answer_actions import may_take_back
from referral.handoff.referrals.forms import AssignForm, move_form
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.queries import (
    last_changes,
    reasons_for,
    referral_for,
    why_ended,
)
from referral.handoff.referrals.sight import Sight
from referral.handoff.referrals.sight_queries import seen_now
from referral.handoff.referrals.states import (
    MOVE_LABELS,
    TAKEN_ON,
    Move,
    Side,
    moves_from,
)
from referral.web.done import done
from referral.web.forms import keeping, options

blueprint = Blueprint("followup", __name__, url_prefix="/inbox")
SAID_BY = {Move.ACCEPT: Word.YES, Move.REJECT: Word.NO, Move.ASK: Word.ASKED}


def to_the_list(
    referral: Referral, word: Word | None, elsewhere: str, undo: str = ""
) -> ResponseReturnValue:
    """To the list, which says in the place of the row what was said; or where the form was."""
    list_name, _, row = request.form.get("from", "").partition(" ")
    if list_name != "inbox" or word is None:
        return done(elsewhere)
    place = row if row.isascii() and row.isdigit() and len(row) < 4 else "0"
    told = {"row": str(referral.id), "word": word, "place": place}
    anchor = "said" if word in WAITS_AGAIN else referral.reference
    address = url_for("inbox.inbox_page", _anchor=anchor)
    return done(address, "" if word in WAITS_AGAIN else undo, told)


@blueprint.route("/<uuid:referral_id>", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRALS, recorded=True)
def answer(referral_id: UUID) -> ResponseReturnValue:
    """One referral as the service sees it, within what the person agrees to at this moment."""
    referral = referral_for(acting(), referral_id, to_change=True)
    moves = [m for m in moves_from(referral.state, Side.TARGET) if m not in ENDS]
    reasons = reasons_for(moves, Side.TARGET, today())
    form = move_form({m: MOVE_LABELS[m] for m in moves}, reasons, chosen=request.args.get("move"))
    form.suggested.choices = others(referral)
    here = url_for(".answer", referral_id=referral.id)
    undo = url_for("taken_back.answer", referral_id=referral.id)
    with keeping(form):
        if form.validate_on_submit():
            details = form.details()
            move(referral, details, Side.TARGET, acting(), now())
            return to_the_list(referral, SAID_BY.get(details.move), here, undo)
    record(Tag.REFERRAL_SEEN, acting(), now(), subject_id=referral.person_id, record_id=referral.id)
    form.show(referral.version)
    referral = whole(referral, "service", "handler", "events")
    appointments = appointments_of(referral.id)
    back = (Side.TARGET, acting(), now())
    page = render_template(
        "handoff/followup/referral.html",
        referral=referral,
        form=form,
        seen=seen_now(referral, now()),
        why=why_ended(referral),
        appointments=appointments,
        answer_back=may_take_back(referral, *back),
        attendance_back=to_take_back(referral, appointments, *back),
        attempts=attempts_for([referral.id])[referral.id],
        outcomes=outcomes_of(referral.id),
        ends=referral.state in TAKEN_ON,
    )
    return page, form.status


@blueprint.route("/<uuid:referral_id>/handler", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRALS)
def handler(referral_id: UUID) -> ResponseReturnValue:
    """Name who of the service has this referral."""
    referral = referral_for(acting(), referral_id, to_change=True)
    form = AssignForm(handler=str(referral.handler_id or ""))
    staff = [(str(user.id), user.name) for user in colleagues(acting())]
    form.handler.choices = options([("", "Nobody yet"), *staff])
    with keeping(form):
        if form.validate_on_submit():
            chosen = db.session.get(User, UUID(form.handler.data)) if form.handler.data else None
            actions.assign(referral, chosen, acting(), now())
            return done(url_for(".answer", referral_id=referral.id))
    shown = {"referral": whole(referral), "form": form}
    return render_template("handoff/followup/handler.html", **shown), form.status


@blueprint.route("/<uuid:referral_id>/appointments", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRALS)
def book(referral_id: UUID) -> ResponseReturnValue:
    """Book an appointment."""
    referral = referral_for(acting(), referral_id, to_change=True)
    form = AppointmentForm()
    with keeping(form):
        if form.validate_on_submit():
            actions.book(referral, form.details(), acting(), now())
            return to_the_list(referral, Word.EXPECTED, url_for(".answer", referral_id=referral.id))
    shown = {"referral": whole(referral), "form": form}
    return render_template("handoff/followup/appointment.html", **shown), form.status


@blueprint.post("/appointments/<uuid:appointment_id>/attendance")
@requires(Permission.ANSWER_REFERRALS)
def attend(appointment_id: UUID) -> ResponseReturnValue:
    """Came, or did not come: one click from the list."""
    appointment = appointment_for(acting(), appointment_id)
    details = CameForm().details()
    actions.say(appointment, details, acting(), now())
    undo = url_for("taken_back.attendance", appointment_id=appointment.id)
    word = Word.CAME if details.came else Word.ABSENT
    return to_the_list(appointment.referral, word, url_for("inbox.inbox_page"), undo)


@blueprint.route("/appointments/<uuid:appointment_id>/not-held", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRALS)
def not_held(appointment_id: UUID) -> ResponseReturnValue:
    """It did not take place: why, who moved it, and to when?"""
    appointment = appointment_for(acting(), appointment_id)
    form = NotHeldForm()
    form.not_held.choices = options(choices("not_held", today()))
    form.moved_by.choices = options([("", "Not moved"), *choices("moved_by", today())])
    with keeping(form):
        if form.validate_on_submit():
            actions.say(appointment, form.details(), acting(), now())
            return done(url_for(".answer", referral_id=appointment.referral_id))
    appointment = whole(appointment)
    form.show(appointment.version)
    shown = {"appointment": appointment, "form": form}
    return render_template("handoff/followup/not_held.html", **shown), form.status


@blueprint.route("/<uuid:referral_id>/attempts", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRALS)
def attempt(referral_id: UUID) -> ResponseReturnValue:
    """Log a try to reach the person."""
    referral = referral_for(acting(), referral_id, to_change=True)
    form = AttemptForm()
    form.channel.choices = options(choices("contact_channel", today()))
    form.result.choices = options(choices("attempt", today()))
    with keeping(form):
        if form.validate_on_submit():
            actions.attempt(referral, form.details(), acting(), now())
            return done(url_for(".answer", referral_id=referral.id))
    shown = {"referral": whole(referral), "form": form}
    return render_template("handoff/followup/attempt.html", **shown), form.status


def others(referral: Referral) -> list[SelectChoice]:
    names = [(str(s.id), s.name) for s in services(today()) if s.id != referral.service_id]
    return options([("", "No"), *names])


@blueprint.route("/<uuid:referral_id>/end", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRALS)
def end(referral_id: UUID) -> ResponseReturnValue:
    """How did it end, and what changed? Never without an outcome."""
    referral = referral_for(acting(), referral_id, to_change=True)
    form = end_form(*end_questions(seen_now(referral, now()).needs, today()), base=EndForm)
    with keeping(form):
        if form.validate_on_submit():
            move(referral, form.details(), Side.TARGET, acting(), now())
            return done(url_for("inbox.inbox_page"))
    referral = whole(referral)
    form.show(referral.version)
    return render_template("handoff/followup/end.html", referral=referral, form=form), form.status


@blueprint.route("/<uuid:referral_id>/write-up", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRALS)
def write_up(referral_id: UUID) -> ResponseReturnValue:
    """After the end: what came of it, or what is known better by now."""
    referral = referral_for(acting(), referral_id, to_change=True)
    seen = seen_now(referral, now())
    if seen.sight is not Sight.OUTCOME:
        abort(404)
    needs, changes, _ = end_questions(seen.needs, today())
    form = write_up_form(needs, changes, last_changes(referral.id))
    with keeping(form):
        if form.validate_on_submit():
            outcomes.write_up(referral, form.said, form.seen_version, acting(), now())
            return done(url_for(".answer", referral_id=referral.id))
    referral = whole(referral)
    form.show(referral.version)
    shown = {"referral": referral, "form": form}
    return render_template("handoff/followup/write_up.html", **shown), form.status
