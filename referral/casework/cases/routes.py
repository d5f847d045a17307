"""Pages that answer an offer, and those of the case list."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.accounts.users.queries import colleagues
from referral.casework.cases import actions as cases
from referral.casework.cases.forms import FindForm, GiveForm, TakeForm
from referral.casework.cases.queries import (
    Sought,
    Tab,
    case_for,
    cases_in,
    counts,
)
from referral.clock import now
from referral.db import db
from referral.directory.queries import councils, team_centres
from referral.web.done import done
from referral.web.forms import keeping, options
from referral.web.paging import this_page

blueprint = Blueprint("cases", __name__)


@blueprint.route("/cases", methods=["GET", "POST"])
@requires(Permission.SEE_CASES, keyed=False, reads=True)
def case_list() -> ResponseReturnValue:
    """The case list, most urgent window first. A search is sent hidden, never in the URL."""
    form, at = find_form(), now()
    sought = Sought(
        form.name.data or "",
        UUID(form.centre.data) if form.centre.data and form.validate() else None,
        form.need.data or "",
        form.council.data or "",
    )
    tab = next((t for t in Tab if t.name.lower() == request.args.get("tab")), Tab.CELLS)
    return render_template(
        "casework/cases/list.html",
        form=form,
        tab=tab,
        tabs=counts(acting(), sought, at),
        cases=cases_in(acting(), tab, sought, this_page(), at),
        now=at,
        take_form=TakeForm(),
    )


@blueprint.post("/cases/<uuid:case_id>/take")
@requires(Permission.WORK_CASES)
def take(case_id: UUID) -> ResponseReturnValue:
    """Make a case one's own."""
    case = case_for(acting(), case_id, to_change=True)
    cases.take(case, TakeForm().seen_version, acting(), now())
    return done(url_for("casefile.case", case_id=case.id))


@blueprint.route("/cases/<uuid:case_id>/give", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def give(case_id: UUID) -> ResponseReturnValue:
    """Hand a case to somebody else of the team, or back to all."""
    case = case_for(acting(), case_id, to_change=True)
    form = GiveForm(worker=str(case.worker_id or ""))
    able = [user for user in colleagues(acting()) if user.actor.may(Permission.WORK_CASES)]
    team = [(str(worker.id), worker.name) for worker in able]
    form.worker.choices = options([("", "Nobody yet: the whole team"), *team])
    with keeping(form):
        if form.validate_on_submit():
            worker = db.session.get(User, UUID(form.worker.data)) if form.worker.data else None
            cases.give(case, worker, form.seen_version, acting(), now())
            return done(url_for("casefile.case", case_id=case.id))
    form.show(case.version)
    return render_template("casework/cases/give.html", form=form, case=case), form.status


def find_form() -> FindForm:
    """The search of the case list, with the centres that the team covers."""
    form = FindForm()
    centres = [(str(centre.id), centre.name) for centre in team_centres(acting().organisation_id)]
    form.centre.choices = options([("", "Any"), *centres])
    form.council.choices = options([("", "Any"), *((c.code, c.name) for c in councils())])
    return form
