"""Which services must still say that they stopped; the call to them, and their own word."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.casework.cover.queries import duty_at
from referral.clock import now
from referral.db import whole
from referral.handoff.withdrawals import actions
from referral.handoff.withdrawals.forms import CallForm
from referral.handoff.withdrawals.queries import (
    service_stop_for,
    stops_of_team,
    team_stop_for,
)
from referral.web.done import done
from referral.web.forms import keeping
from referral.web.paging import this_page

blueprint = Blueprint("withdrawals", __name__, url_prefix="/stops")


@blueprint.get("")
@requires(Permission.WORK_CASES)
def stops() -> ResponseReturnValue:
    """The services that have not confirmed yet that they stopped, and those to ring."""
    found = stops_of_team(acting(), this_page())
    shown = {"duty": duty_at(now(), acting().organisation_id), "now": now()}
    return render_template("handoff/withdrawals/stops.html", found=found, **shown)


@blueprint.route("/<uuid:stop_id>/call", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def call(stop_id: UUID) -> ResponseReturnValue:
    """I have told them by telephone."""
    stop = team_stop_for(acting(), stop_id)
    form = CallForm()
    with keeping(form):
        if form.validate_on_submit():
            actions.note_call(stop, form.details(), acting(), now())
            return done(url_for("withdrawals.stops"))
    stop = whole(stop, "referral.service")
    return render_template("handoff/withdrawals/call.html", stop=stop, form=form), form.status


@blueprint.post("/<uuid:stop_id>/confirm")
@requires(Permission.ANSWER_REFERRALS)
def confirm(stop_id: UUID) -> ResponseReturnValue:
    """We have stopped: one press in the inbox."""
    actions.confirm(service_stop_for(acting(), stop_id), acting(), now())
    return done(url_for("inbox.inbox_page"))
