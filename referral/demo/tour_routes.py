"""The first day as a walk through one's own pages: in the demo alone, where nobody is real."""

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.demo import tour_actions as actions
from referral.demo.queries import is_demo
from referral.demo.tour_queries import standing_of
from referral.web.done import done

blueprint = Blueprint("tour", __name__, url_prefix="/tour")


@blueprint.before_request
def _in_the_demo_alone() -> None:
    if not is_demo():
        abort(404)


@blueprint.post("/begin")
@requires(Permission.SEE_ACCESS)
def begin() -> ResponseReturnValue:
    """From the first step, also once more."""
    actions.begin(acting())
    return done(_where_now())


@blueprint.post("/on")
@requires(Permission.SEE_ACCESS)
def on() -> ResponseReturnValue:
    """Leave the step that was shown behind, done or not, and go where the next one begins."""
    actions.go_on(acting(), request.form.get("step", -1, type=int))
    return done(_where_now())


@blueprint.post("/stop")
@requires(Permission.SEE_ACCESS)
def stop() -> ResponseReturnValue:
    """Enough for today: the guide has the way back."""
    actions.stop(acting())
    return done(url_for("oversight.guide"))


def _where_now() -> str:
    """The page of the step that is due now; the guide when all of them are over."""
    standing = standing_of(acting())
    step = standing.step if standing else None
    return url_for(step.page if step else "oversight.guide")
