"""Filters of the case list that somebody keeps under a name: save, look through, change, remove."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.casework.saved import actions
from referral.casework.saved.forms import FilterForm
from referral.casework.saved.models import SavedFilter
from referral.casework.saved.queries import (
    filters_of,
    lists_for,
    narrowing_in,
    own_filter_for,
    told_of,
)
from referral.clock import now, today
from referral.web.asking import Question, ask_once
from referral.web.done import done
from referral.web.forms import Form, keeping

blueprint = Blueprint("saved", __name__)


@blueprint.get("/cases/saved")
@requires(Permission.WORK_CASES)
def filters() -> ResponseReturnValue:
    """One's own filters and those of the team, each in words."""
    found = filters_of(acting())
    told = told_of(acting(), [one.narrowing for one in found], lists_for(acting(), today()))
    return render_template("casework/saved/filters.html", found=zip(found, told, strict=True))


@blueprint.route("/cases/saved/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def new() -> ResponseReturnValue:
    """Give what the list shows a name; the address says what it shows."""
    lists = lists_for(acting(), today())
    narrowing = narrowing_in(acting(), request.args, lists)
    form = filter_form()
    with keeping(form):
        if form.validate_on_submit():
            kept = actions.keep(form.details(), narrowing, acting(), now())
            said = {"said": "The filter is saved. It opens with one press, above your cases."}
            return done(url_for("casefile.case_list", saved=kept.id), told=said)
    [told] = told_of(acting(), [narrowing], lists)
    return render_template("casework/saved/edit.html", form=form, told=told, kept=None), form.status


@blueprint.route("/cases/saved/<uuid:filter_id>", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def change(filter_id: UUID) -> ResponseReturnValue:
    """Another name for one's own, and whether the list begins with it."""
    kept = own_filter_for(acting(), filter_id)
    form = filter_form(kept)
    with keeping(form):
        if form.validate_on_submit():
            actions.change(kept, form.details(), acting(), now())
            return done(url_for(".filters"), told={"said": "The filter is changed."})
    kept = own_filter_for(acting(), filter_id)
    [told] = told_of(acting(), [kept.narrowing], lists_for(acting(), today()))
    return render_template("casework/saved/edit.html", form=form, told=told, kept=kept), form.status


@blueprint.route("/cases/saved/<uuid:filter_id>/remove", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def remove(filter_id: UUID) -> ResponseReturnValue:
    """One's own is not needed any more."""
    kept = own_filter_for(acting(), filter_id)
    form = Form()
    with keeping(form):
        if form.validate_on_submit():
            actions.remove(kept)
            return done(url_for(".filters"), told={"said": "The filter is removed."})
    asked = f"Remove the filter “{kept.name}”?"
    follows = "No case is changed by it. Whoever else opens it finds it gone."
    return ask_once(form, Question(asked, follows, "Remove it", url_for(".filters")))


def filter_form(kept: SavedFilter | None = None) -> FilterForm:
    """The form, filled from a filter; with the whole team only for who allocates it."""
    said = {"name": kept.name, "starts": kept.starts, "shared": kept.shared} if kept else {}
    form = FilterForm(data=said)
    if not acting().may(Permission.ALLOCATE_CASES):
        del form.shared
    return form
