"""Pages that keep the directory true."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now, today
from referral.db import db, whole
from referral.directory import actions, code_actions
from referral.directory.confirming_actions import confirm_organisation, confirm_service
from referral.directory.deadlines import WORDS, Kind, bank_holidays
from referral.directory.fixed import CLOSED, FIXED
from referral.directory.forms import (
    CapacityForm,
    CentreForm,
    CodeForm,
    DayForm,
    DeadlineForm,
    LabelForm,
    OrganisationForm,
    ServiceForm,
)
from referral.directory.models import Code, CustodyCentre, Organisation, Service
from referral.directory.offer_queries import services_of
from referral.directory.queries import (
    centres,
    centres_page,
    changed_days,
    choices,
    code_rows,
    councils,
    deadline_rows,
    deadlines_at,
    list_names,
    organisations,
    organisations_page,
    own_service_for,
    services_page,
)
from referral.web.done import done
from referral.web.forms import Form, keeping, options
from referral.web.paging import page_in, this_page

blueprint = Blueprint("directory", __name__)
T = TypeVar("T", CustodyCentre, Organisation, Service)


@blueprint.get("/directory")
@requires(Permission.EDIT_DIRECTORY)
def front() -> ResponseReturnValue:
    """Everything that can be edited."""
    return render_template(
        "directory/front.html",
        centres=centres_page(this_page("centres")),
        organisations=organisations_page(this_page("organisations")),
        services=services_page(this_page("services")),
        lists=list_names(),
        councils=councils(),
    )


@blueprint.route("/directory/centres/new", methods=["GET", "POST"])
@blueprint.route("/directory/centres/<uuid:number>", methods=["GET", "POST"])
@requires(Permission.EDIT_DIRECTORY)
def centre(number: UUID | None = None) -> ResponseReturnValue:
    """A custody centre."""
    kept = _kept(CustodyCentre, number)
    form = CentreForm(obj=kept)
    form.council_code.choices = options((c.code, c.name) for c in councils())
    form.kind.choices = options(choices("centre_kind", today()))
    form.access_model.choices = options(choices("access_model", today()))
    with keeping(form):
        if form.validate_on_submit():
            actions.save_centre(kept, form.details(), form.seen_version, acting(), now())
            return _done()
    return _page(form, kept, "Custody centre")


@blueprint.route("/directory/organisations/new", methods=["GET", "POST"])
@blueprint.route("/directory/organisations/<uuid:number>", methods=["GET", "POST"])
@requires(Permission.EDIT_DIRECTORY)
def organisation(number: UUID | None = None) -> ResponseReturnValue:
    """An organisation, and what it covers."""
    kept = _kept(Organisation, number)
    covers = {
        "centres": [str(c.id) for c in kept.centres] if kept else [],
        "councils": [c.code for c in kept.councils] if kept else [],
    }
    form = OrganisationForm(
        name=kept and kept.name,
        kind=kept and kept.kind,
        closed_on=kept and kept.closed_on,
        phone=kept and kept.phone,
        address=kept and kept.address,
        **covers,
    )
    form.centres.choices = options((str(c.id), c.name) for c in centres())
    form.councils.choices = options((c.code, c.name) for c in councils())
    with keeping(form):
        if form.validate_on_submit():
            actions.save_organisation(kept, form.details(), form.seen_version, acting(), now())
            return _done()
    return _page(form, kept, "Organisation", "organisation_confirmed")


@blueprint.route("/directory/services/new", methods=["GET", "POST"])
@blueprint.route("/directory/services/<uuid:number>", methods=["GET", "POST"])
@requires(Permission.EDIT_DIRECTORY)
def service(number: UUID | None = None) -> ResponseReturnValue:
    """A service: whom it takes, and where."""
    kept = _kept(Service, number)
    covers = {
        "needs": [row.need for row in kept.needs] if kept else [],
        "councils": [c.code for c in kept.councils] if kept else [],
        "organisation_id": str(kept.organisation_id) if kept else str(_of() or ""),
    }
    form = ServiceForm(data=(_texts(kept) if kept else {}) | covers)
    form.organisation_id.choices = options((str(o.id), o.name) for o in organisations())
    form.needs.choices = options(choices("need", today()))
    form.councils.choices = options((c.code, c.name) for c in councils())
    form.capacity.choices = options(choices("capacity", today()))
    with keeping(form):
        if form.validate_on_submit():
            saved = actions.save_service(kept, form.details(), form.seen_version, acting(), now())
            return _closed(saved) if saved.closed_on else _done()
    return _page(form, kept, "Service", "service_confirmed")


@blueprint.post("/directory/organisations/<uuid:number>/confirm")
@requires(Permission.EDIT_DIRECTORY)
def organisation_confirmed(number: UUID) -> ResponseReturnValue:
    """Somebody has asked this organisation, and it is as it stands here."""
    kept = _kept(Organisation, number) or abort(404)
    confirm_organisation(kept, Form().seen_version, acting(), now())
    return done(url_for(".organisation", number=number))


@blueprint.post("/directory/services/<uuid:number>/confirm")
@requires(Permission.EDIT_DIRECTORY)
def service_confirmed(number: UUID) -> ResponseReturnValue:
    """Somebody has asked this service: from now on it is offered."""
    kept = _kept(Service, number) or abort(404)
    confirm_service(kept, Form().seen_version, acting(), now())
    return done(url_for(".service", number=number))


@blueprint.route("/directory/codes/<list_name>", methods=["GET", "POST"])
@requires(Permission.EDIT_DIRECTORY)
def codes(list_name: str) -> ResponseReturnValue:
    """A code list with all that it ever held; add a code."""
    rows = code_rows(list_name, this_page())
    form = CodeForm()
    with keeping(form):
        if form.validate_on_submit():
            code_actions.add_code(list_name, form.code.data, form.label.data, acting(), now())
            return done(url_for("directory.codes", list_name=list_name))
    if form.broken_status:
        rows = code_rows(list_name, this_page())  # what was undone has expired
    about = {"fixed": FIXED.get(list_name, ()), "closed": list_name in CLOSED, "today": today()}
    page = render_template(
        "directory/codes.html", form=form, rows=rows, list_name=list_name, **about
    )
    return page, form.status


@blueprint.route("/directory/codes/<list_name>/<code>/<valid_from>", methods=["GET", "POST"])
@requires(Permission.EDIT_DIRECTORY)
def code(list_name: str, code: str, valid_from: str) -> ResponseReturnValue:
    """One row of a code list: call it differently from today on, or end it."""
    row = db.session.get(Code, (list_name, code, _day(valid_from))) or abort(404)
    form = LabelForm(label=row.label)
    with keeping(form):
        if form.validate_on_submit():
            code_actions.change_code(row, form.label.data or None, acting(), now())
            return done(url_for("directory.codes", list_name=list_name))
    return render_template(
        "directory/edit.html", form=form, title="Code", kept=whole(row)
    ), form.status


@blueprint.route("/directory/deadlines", methods=["GET", "POST"])
@requires(Permission.EDIT_DIRECTORY)
def deadlines() -> ResponseReturnValue:
    """How long each thing may take, and which days are worked; change a day."""
    form = DayForm()
    today_is = today()
    with keeping(form):
        if form.validate_on_submit():
            works = {"yes": True, "no": False}.get(form.works.data)
            actions.change_day(form.chosen, works, form.reason.data, acting(), now())
            return done(url_for("directory.deadlines"))
    shown = {
        "amounts": deadlines_at(now()).amounts,
        "words": WORDS,
        "rows": deadline_rows(),
        "changed": page_in(changed_days(), this_page()),
        "holidays": bank_holidays(today_is.year) | bank_holidays(today_is.year + 1),
    }
    return render_template("directory/deadlines.html", form=form, **shown), form.status


@blueprint.route("/directory/deadlines/<kind>", methods=["GET", "POST"])
@requires(Permission.EDIT_DIRECTORY)
def deadline(kind: str) -> ResponseReturnValue:
    """How long may one thing take, from today on?"""
    known = Kind(kind) if kind in set(Kind) else abort(404)
    amount = deadlines_at(now()).amounts[known]
    form = DeadlineForm(number=amount.number, unit=amount.unit)
    with keeping(form):
        if form.validate_on_submit():
            actions.set_deadline(known, form.amount(), acting(), now())
            return done(url_for("directory.deadlines"))
    page = render_template("directory/edit.html", form=form, title=WORDS[known], kept=amount)
    return page, form.status


@blueprint.get("/services")
@requires(Permission.KEEP_SERVICES)
def own_services() -> ResponseReturnValue:
    """The services of one's own organisation; is what they say still true?"""
    found = services_page(this_page(), acting().organisation_id)
    return render_template("directory/own_services.html", services=found)


@blueprint.route("/services/<uuid:number>", methods=["GET", "POST"])
@requires(Permission.KEEP_SERVICES)
def capacity(number: UUID) -> ResponseReturnValue:
    """How a service stands today."""
    kept = own_service_for(acting(), number)
    form = CapacityForm(obj=kept)
    form.capacity.choices = options(choices("capacity", today()))
    with keeping(form):
        if form.validate_on_submit():
            actions.say_capacity(kept, form.says(), form.seen_version, acting(), now())
            return done(url_for("directory.own_services"))
    return _page(form, kept, kept.name)


@blueprint.post("/services/<uuid:number>/still-true")
@requires(Permission.KEEP_SERVICES)
def still_true(number: UUID) -> ResponseReturnValue:
    """Nothing has changed: one click."""
    actions.still_true(own_service_for(acting(), number), acting(), now())
    return done(url_for("directory.own_services"))


def _done() -> ResponseReturnValue:
    page = ".organisation" if _of() else ".front"
    return done(url_for(page, number=_of()))


def _of() -> UUID | None:
    """The organisation to which somebody adds what it offers: there they go on."""
    return request.args.get("of", type=UUID)


def _kept(kind: type[T], number: UUID | None) -> T | None:
    """The row with a number; None without a number, for a new one. Aborts with 404."""
    return (db.session.get(kind, number) or abort(404)) if number else None


def _page(
    form: Form, kept: CustodyCentre | Organisation | Service | None, title: str, confirm: str = ""
) -> ResponseReturnValue:
    kept = kept and whole(kept)
    form.show(form.seen_version if form.is_submitted() else kept.version if kept else 0)
    page = render_template(
        "directory/edit.html",
        form=form,
        title=title,
        kept=kept,
        confirm=confirm,
        theirs=services_of(kept.id) if isinstance(kept, Organisation) else None,
    )
    return page, form.status


def _texts(kept: Service) -> dict[str, object]:
    names = (
        "name", "sexes", "minimum_age", "maximum_age", "phone", "address", "closed_on",
        "capacity", "alert", "eligibility", "how_to_refer", "email",
    )  # fmt: skip
    return {name: getattr(kept, name) for name in names}


def _closed(service: Service) -> ResponseReturnValue:
    """Who closes a service is told how many people are with it."""
    return done(url_for("handoff.still_with", number=service.id))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)
