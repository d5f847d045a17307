"""Pages of the alerts, and the lines that stand at the desk and above the case list."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.alerts import actions
from referral.alerts.forms import AlertForm
from referral.alerts.models import HarmAlert
from referral.alerts.queries import current_for, own_alert_for, posted_by
from referral.clock import now, today
from referral.db import whole
from referral.directory.own_queries import own_councils
from referral.locks import writing
from referral.web.done import done
from referral.web.forms import keeping, options
from referral.web.paging import this_page
from referral.web.pdf import as_pdf, pdf_answer

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.POST_ALERTS)
def posted() -> ResponseReturnValue:
    """Post an alert for the desks and workers of an area, and see how many have read it."""
    form = AlertForm()
    own = own_councils(acting())
    form.councils.choices = options((council.code, council.name) for council in own)
    with keeping(form):
        if form.validate_on_submit():
            actions.post(form.details(), acting(), now())
            return _done()
    found = posted_by(acting(), this_page())
    page = render_template("alerts/posted.html", form=form, posted=found, today=today())
    return page, form.status


@blueprint.post("/<uuid:alert_id>/end")
@requires(Permission.POST_ALERTS)
def end(alert_id: UUID) -> ResponseReturnValue:
    """End an alert of one's own organisation: the danger is over."""
    actions.end(own_alert_for(acting(), alert_id), acting(), now())
    return _done()


@blueprint.get("/<uuid:alert_id>")
@requires(Permission.SEE_ALERTS, recorded=True)
def alert(alert_id: UUID) -> ResponseReturnValue:
    """One alert in full; to open it counts as reading it."""
    found = whole(_opened(alert_id), "by", "councils")
    return render_template("alerts/alert.html", alert=found)


@blueprint.get("/<uuid:alert_id>/hand-out.pdf")
@requires(Permission.SEE_ALERTS, recorded=True)
def hand_out(alert_id: UUID) -> ResponseReturnValue:
    """The alert on paper, as a PDF to hand to people."""
    alert = whole(_opened(alert_id), "by")
    made = as_pdf(render_template("alerts/hand_out_pdf.html", alert=alert))
    return pdf_answer(made, "warning.pdf")


def _opened(alert_id: UUID) -> HarmAlert:
    """An alert that the actor may see, by its number; to open it counts as reading it."""
    found = current_for(acting(), alert_id, today())
    with writing():
        actions.read(found, acting(), now())
    return found


def _done() -> ResponseReturnValue:
    return done(url_for("alerts.posted"))
