"""The list of a peer mentor, and where a worker asks for one."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.accounts.users.queries import colleagues
from referral.alerts.queries import current
from referral.audit.trail import Tag, record
from referral.casework.along import actions
from referral.casework.along.forms import BecameForm, along_form
from referral.casework.along.goings import BECAME, ERRANDS
from referral.casework.along.queries import going_in, own_going_for, own_list
from referral.casework.cases.queries import case_for
from referral.clock import now, today
from referral.db import whole
from referral.web.asking import Question, ask_once
from referral.web.done import done
from referral.web.forms import Form, keeping

blueprint = Blueprint("along", __name__)


@blueprint.get("/along")
@requires(Permission.GO_ALONG, recorded=True)
def mine() -> ResponseReturnValue:
    """Whom a mentor meets, where and when; nothing else of anybody."""
    found = own_list(acting(), now())
    for one in found:
        record(Tag.ALONG_SEEN, acting(), now(), record_id=one.number)
    shown = {"goings": found, "errands": ERRANDS, "became": BECAME, "now": now()}
    alerts = current(acting(), today())
    return render_template("casework/along/mine.html", **shown, alerts=alerts)


@blueprint.post("/along/<uuid:going_id>")
@requires(Permission.GO_ALONG)
def say(going_id: UUID) -> ResponseReturnValue:
    """What came of it: one tick, which may be changed for the rest of the day."""
    form = BecameForm()
    going = own_going_for(acting(), going_id, now())
    if form.validate_on_submit():
        actions.say_along(going, form.said(), acting(), now())
    return done(url_for(".mine"))


@blueprint.route("/cases/<uuid:case_id>/along", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def ask(case_id: UUID) -> ResponseReturnValue:
    """Ask a mentor to meet the person of a case."""
    case = case_for(acting(), case_id, to_change=True)
    form = along_form(one for one in colleagues(acting()) if one.actor.may(Permission.GO_ALONG))
    with keeping(form):
        if form.validate_on_submit():
            actions.ask_mentor(case, form.details(), acting(), now())
            return done(url_for("casefile.case", case_id=case.id))
    case = whole(case, "person")
    return render_template("casework/along/ask.html", form=form, case=case), form.status


@blueprint.route("/cases/<uuid:case_id>/along/<uuid:going_id>/stop", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def stop(case_id: UUID, going_id: UUID) -> ResponseReturnValue:
    """Call it off, after asking once."""
    case = case_for(acting(), case_id, to_change=True)
    going = going_in(case, going_id)
    form = Form()
    back = url_for("casefile.case", case_id=case.id)
    with keeping(form):
        if form.validate_on_submit():
            actions.call_off(going, acting(), now())
            return done(back)
    asked = f"Call it off that a mentor meets {whole(case, 'person').person.name}?"
    follows = "It is off the mentor’s list at once. Tell the mentor as well, and the person."
    return ask_once(form, Question(asked, follows, "Call it off", back))
