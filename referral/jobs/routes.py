"""Pages that show what waits to be done and what could not be done."""

from uuid import UUID

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now
from referral.jobs import actions
from referral.jobs.kinds import Work
from referral.jobs.queries import failed_for, piles, schedules, undelivered
from referral.jobs.states import LABELS
from referral.web.done import done
from referral.web.paging import this_page

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/jobs")
@requires(Permission.SEE_JOBS)
def jobs() -> ResponseReturnValue:
    """Waiting, running and failed work, without any person."""
    return render_template(
        "jobs/jobs.html",
        piles=piles(),
        schedules=schedules(),
        names=_names(),
        states=LABELS,
        now=now(),
    )


@blueprint.get("/undelivered")
@requires(Permission.SEE_ACCESS)
def undelivered_page() -> ResponseReturnValue:
    """The messages that could not be delivered and are the actor's to see to."""
    found = undelivered(acting(), this_page())
    return render_template("jobs/undelivered.html", jobs=found, names=_names())


@blueprint.post("/undelivered/<uuid:job_id>/send-again")
@requires(Permission.SEE_ACCESS)
def send_again(job_id: UUID) -> ResponseReturnValue:
    """Try it anew."""
    actions.send_again(failed_for(acting(), job_id), acting(), now())
    return _back()


@blueprint.post("/undelivered/<uuid:job_id>/settle")
@requires(Permission.SEE_ACCESS)
def settle(job_id: UUID) -> ResponseReturnValue:
    """I have dealt with it in another way."""
    actions.settle(failed_for(acting(), job_id), acting(), now())
    return _back()


def _back() -> ResponseReturnValue:
    return done(url_for("jobs.undelivered_page"))


def _names() -> dict[str, str]:
    work: Work = current_app.extensions["work"]
    return {name: kind.label for name, kind in work.kinds.items()}
