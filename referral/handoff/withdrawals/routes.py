"""Which services must still say that they stopped; the call to them, and their own word."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.casework.cases.models import Case
from referral.clock import now
from referral.handoff.withdrawals import actions
from referral.handoff.withdrawals.forms import CallForm
from referral.handoff.withdrawals.queries import (
    service_stop_for,
    stops_of_case,
    stops_of_service,
    stops_of_team,
    team_stop_for,
    waiting,
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
    return render_template("handoff/withdrawals/stops.html", found=found, now=now())


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
    return render_template(
        "handoff/withdrawals/call.html", stop=stop, form=form, now=now()
    ), form.status


@blueprint.post("/<uuid:stop_id>/confirm")
@requires(Permission.ANSWER_REFERRALS)
def confirm(stop_id: UUID) -> ResponseReturnValue:
    """We have stopped: one press in the inbox."""
    actions.confirm(service_stop_for(acting(), stop_id), acting(), now())
    return done(url_for("followup.inbox_page"))


def stops_in_inbox() -> Markup:
    """The stops that the service must confirm, for the top of its inbox."""
    found = stops_of_service(acting(), this_page("stops"))
    page = render_template("handoff/withdrawals/_inbox.html", stops=found, now=now())
    return Markup(page)  # noqa: S704 - our own


def stops_in_list() -> Markup:
    """How many are not confirmed, for the top of the team's list of cases."""
    page = render_template("handoff/withdrawals/_waiting.html", waiting=waiting(acting(), now()))
    return Markup(page)  # noqa: S704 - our own


def stops_in_case(case: Case) -> Markup:
    """The stops of a case, for its page."""
    found = stops_of_case(case.id)
    page = render_template("handoff/withdrawals/_case.html", stops=found, now=now())
    return Markup(page)  # noqa: S704 - our own
