"""Whose cases are whose: take one, give one or many, and how many each worker has."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.casefile.forms import GiveForm, GiveManyForm, TakeForm, seen_of
from referral.casework.cases.give_actions import give_many, take_back_given
from referral.casework.cases.given_queries import cases_named, changed_hands, given_for, loads_of
from referral.casework.cases.owner_actions import give, take
from referral.casework.cases.queries import Sought, case_for, cases_in
from referral.casework.cases.tabs import Tab
from referral.casework.cover.queries import who_work
from referral.clock import now
from referral.db import db, whole
from referral.web.done import back_to, done
from referral.web.forms import keeping, options

blueprint = Blueprint("owner", __name__)
NOBODY = ("", "Nobody yet: the whole team")


@blueprint.post("/cases/<uuid:case_id>/take")
@requires(Permission.WORK_CASES)
def take_case(case_id: UUID) -> ResponseReturnValue:
    """Make a case one's own."""
    case = case_for(acting(), case_id, to_change=True)
    take(case, TakeForm().seen_version, acting(), now())
    return done(back_to(url_for("casefile.case", case_id=case.id), "casefile.case_list"))


@blueprint.route("/cases/<uuid:case_id>/give", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def give_case(case_id: UUID) -> ResponseReturnValue:
    """Hand a case to somebody else of the team, or back to all."""
    case = case_for(acting(), case_id, to_change=True)
    form = GiveForm(worker=str(case.worker_id or ""))
    form.worker.choices = options([NOBODY, *workers()])
    with keeping(form):
        if form.validate_on_submit():
            give(case, _chosen(form), form.seen_version, acting(), now())
            return done(url_for("casefile.case", case_id=case.id))
    case = whole(case, "person")
    form.show(case.version)
    return render_template("casefile/give.html", form=form, case=case), form.status


def workers() -> list[tuple[str, str]]:
    """Number and name of the colleagues who work cases."""
    return [(str(user.id), user.name) for user in who_work(acting())]


def _chosen(form: GiveForm) -> User | None:
    return db.session.get(User, UUID(form.worker.data)) if form.worker.data else None


@blueprint.post("/cases/give")
@requires(Permission.ALLOCATE_CASES)
def give_some() -> ResponseReturnValue:
    """Give the cases that were ticked in the list, all to one colleague."""
    seen = seen_of(request.form.getlist("cases"))
    form = GiveManyForm()
    named = cases_named(acting(), seen) or cases_in(acting(), Tab.TEAM, Sought(), 1, now())
    ticks = [(f"{c.id}.{seen.get(c.id, c.version)}", c.person.name) for c in named]
    form.cases.choices = options(ticks)
    form.worker.choices = options([("", "Choose"), ("team", NOBODY[1]), *workers()])
    with keeping(form):
        if form.validate_on_submit():
            act = give_many(
                form.seen, db.session.get(User, form.to) if form.to else None, acting(), now()
            )
            return done(url_for(".given", given_id=act.id))
    return render_template("casefile/give_many.html", form=form), form.status


@blueprint.get("/cases/given/<uuid:given_id>")
@requires(Permission.ALLOCATE_CASES)
def given(given_id: UUID) -> ResponseReturnValue:
    """What was given at once, and what was not, with the reasons."""
    act = given_for(acting(), given_id)
    refused = {UUID(number): why for number, why in ((act.said or {}).get("refused") or {}).items()}
    moved = changed_hands(act)
    named = cases_named(acting(), {*moved, *refused})
    worker = db.session.get(User, act.about_id)
    shown = {"giving": act, "refused": refused, "cases": named, "worker": worker}
    return render_template("casefile/given.html", **shown)


@blueprint.post("/cases/given/<uuid:given_id>/undo")
@requires(Permission.ALLOCATE_CASES)
def undo_given(given_id: UUID) -> ResponseReturnValue:
    """They go back to whom they were taken from."""
    take_back_given(given_for(acting(), given_id, to_change=True), acting(), now())
    return done(url_for(".given", given_id=given_id))


@blueprint.get("/cases/team")
@requires(Permission.ALLOCATE_CASES)
def team() -> ResponseReturnValue:
    """How many cases each worker has, how many are due and late, and who is away."""
    return render_template("casefile/team.html", loads=loads_of(acting(), now()), now=now())
