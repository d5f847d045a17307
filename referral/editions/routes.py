"""Editions: choose, check, words, sign, freeze; and what is out."""

from uuid import UUID

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.audit.trail import Tag, record
from referral.clock import now, today
from referral.db import db
from referral.directory.areas import SCOTLAND, areas_of
from referral.directory.queries import councils
from referral.editions.actions import (
    EditionDetails,
    Words,
    begin,
    check_again,
    freeze,
    looked_at,
    say,
    sign_first,
    sign_second,
    take_back,
)
from referral.editions.checks import checks_of
from referral.editions.files import ALL_FORMS, OFFERED, made
from referral.editions.forms import ChooseForm, LeaveOutForm, SignForm, WordsForm
from referral.editions.keeping import release_again, titles_again, told_again
from referral.editions.models import Edition
from referral.editions.queries import (
    area_names,
    edition_before,
    edition_of,
    editions,
    editions_out,
    frozen,
    newest_out,
    who_may_sign_second,
)
from referral.editions.shown import with_words
from referral.editions.states import EditionState
from referral.jobs.queries import progress_of
from referral.published.audiences import Audience
from referral.published.periods import last_quarter, period_of, quarters
from referral.reports.catalogue_queries import KINDS
from referral.sheets.plain import Imprint
from referral.web.done import done
from referral.web.forms import Form, keeping, number_in, options
from referral.web.paging import this_page

blueprint = Blueprint("editions", __name__, url_prefix="/editions")

AS_IT_IS = "again"


@blueprint.record_once
def offered(state: BlueprintSetupState) -> None:
    """The list of reports leads to what is out."""
    state.app.extensions["editions_out"] = newest_out


@blueprint.get("")
@requires(Permission.SEE_REPORTS, recorded=True)
def listed() -> ResponseReturnValue:
    """What is out, and for who makes editions all that is on its way."""
    makes = acting().may(Permission.MAKE_EDITIONS)
    asked = request.args.get("report", "")
    report = asked if asked in KINDS else ""
    found = editions(report, this_page()) if makes else editions_out(report, now(), this_page())
    record(Tag.REPORT_SEEN, acting(), now())
    shown = {"found": found, "report": report, "kinds": KINDS, "areas": area_names(), "now": now()}
    return render_template("editions/listed.html", **shown)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.MAKE_EDITIONS)
def choose() -> ResponseReturnValue:
    """Which report, of which period, for whom, and when it goes out."""
    form = ChooseForm()
    form.report.choices = options([(kind.name, kind.title) for kind in KINDS.values()])
    over = [one for one in quarters(today()) if period_of(one).ends <= now()]
    years = sorted({_year(one) for one in over}, reverse=True)
    listed = [*over, *(one for one in years if period_of(one).ends <= now())]
    form.period.choices = options([(one, f"{one}: {period_of(one).words}") for one in listed])
    areas = areas_of(councils())
    form.area.choices = options([(one.code, f"{one.kind}: {one.name}") for one in areas])
    if not form.is_submitted():
        form.report.data = request.args.get("report", next(iter(KINDS)))
        form.period.data = last_quarter(today())
        form.area.data = SCOTLAND[0]
        form.audience.data = Audience.PUBLIC.value
    with keeping(form):
        if form.validate_on_submit():
            edition = begin(_details(form), acting(), now())
            return done(url_for(".check", edition_id=edition.id))
    public = frozen(Audience.PUBLIC)
    page = render_template("editions/choose.html", form=form, public=public, kinds=KINDS)
    return page, form.status


def _year(quarter: str) -> str:
    first = period_of(quarter).first
    starts = first.year if first.month > 3 else first.year - 1
    return f"{starts}-{(starts + 1) % 100:02}"


def _details(form: ChooseForm) -> EditionDetails:
    return EditionDetails(
        form.report.data,
        form.period.data,
        form.area.data,
        Audience(form.audience.data),
        form.release_at.data,
        form.why_revised.data,
    )


@blueprint.route("/<uuid:edition_id>/check", methods=["GET", "POST"])
@requires(Permission.MAKE_EDITIONS)
def check(edition_id: UUID) -> ResponseReturnValue:
    """What the checks found; where it is refused, why, and the ways out."""
    edition = edition_of(edition_id)
    form = LeaveOutForm() if edition.state == EditionState.REFUSED else Form()
    if isinstance(form, LeaveOutForm):
        form.leave_out.choices = options(
            [*_ways_out(edition), (AS_IT_IS, "Check it again as it is")]
        )
    with keeping(form):
        if form.validate_on_submit():
            seen = form.seen_version
            if isinstance(form, LeaveOutForm):
                left = form.leave_out.data
                left = "" if left == AS_IT_IS else left
                check_again(edition, left, seen, acting(), now())
                return done(url_for(".check", edition_id=edition.id))
            looked_at(edition, seen, acting(), now())
            return done(url_for(".words", edition_id=edition.id))
    form.show(edition.version)
    counting = edition.state == EditionState.COUNTING
    shown = {
        "checks": _checks(edition),
        "progress": progress_of(edition.count_key) if counting else None,
    }
    return _page("editions/check.html", edition, form, **shown), form.status


def _ways_out(edition: Edition) -> list[tuple[str, str]]:
    titles = titles_again(edition.titles)
    return [(code, f"Leave the table “{titles.get(code, code)}” out") for code in edition.ways_out]


def _checks(edition: Edition) -> list[object]:
    if not edition.told:
        return []
    told = told_again(edition.told)
    release = release_again(edition.released)
    return [*checks_of(told, release, len(frozen(edition.audience)), edition_before(edition))]


@blueprint.route("/<uuid:edition_id>/words", methods=["GET", "POST"])
@requires(Permission.MAKE_EDITIONS)
def words(edition_id: UUID) -> ResponseReturnValue:
    """The sentences, made from the numbers and edited by the analyst."""
    edition = edition_of(edition_id)
    form = WordsForm(obj=edition)
    with keeping(form):
        if form.validate_on_submit():
            details = Words(
                form.headline.data, form.second.data, form.contact.data, form.next_on.data
            )
            say(edition, details, form.seen_version, acting(), now())
            return done(url_for(".sign", edition_id=edition.id))
    form.show(edition.version)
    return _page("editions/words.html", edition, form), form.status


@blueprint.route("/<uuid:edition_id>/sign", methods=["GET", "POST"])
@requires(Permission.MAKE_EDITIONS)
def sign(edition_id: UUID) -> ResponseReturnValue:
    """Who made it signs and asks a colleague, who signs the same numbers and words."""
    edition = edition_of(edition_id)
    form = SignForm()
    colleagues = who_may_sign_second(edition)
    form.second.choices = options(
        [("", "Choose"), *((str(one.id), one.name) for one in colleagues)]
    )
    with keeping(form):
        if form.validate_on_submit():
            _sign(edition, form)
            ready = edition.second_signed_at or edition.audience != Audience.PUBLIC
            onwards = ".freeze_it" if ready else ".sign"
            return done(url_for(onwards, edition_id=edition.id))
    form.show(edition.version)
    return _page("editions/sign.html", edition, form), form.status


def _sign(edition: Edition, form: SignForm) -> None:
    if edition.signed_at:
        sign_second(edition, form.seen_version, acting(), now())
        return
    asked = number_in(form.second.data or "")
    second = db.session.get(User, asked) if asked else None
    sign_first(edition, second, form.seen_version, acting(), now())


@blueprint.route("/<uuid:edition_id>/freeze", methods=["GET", "POST"])
@requires(Permission.MAKE_EDITIONS)
def freeze_it(edition_id: UUID) -> ResponseReturnValue:
    """Nothing in it changes any more."""
    edition = edition_of(edition_id)
    form = Form()
    with keeping(form):
        if form.validate_on_submit():
            freeze(edition, form.seen_version, acting(), now())
            return done(url_for(".edition", edition_id=edition.id))
    form.show(edition.version)
    return _page("editions/freeze.html", edition, form), form.status


@blueprint.post("/<uuid:edition_id>/take-back")
@requires(Permission.MAKE_EDITIONS)
def back(edition_id: UUID) -> ResponseReturnValue:
    """It does not go out after all."""
    edition = edition_of(edition_id)
    take_back(edition, Form().seen_version, acting(), now())
    return done(url_for(".listed"))


@blueprint.get("/<uuid:edition_id>")
@requires(Permission.SEE_REPORTS, recorded=True)
def edition(edition_id: UUID) -> ResponseReturnValue:
    """The edition as it stands, with its files once it is frozen."""
    found = _readable(edition_id)
    record(Tag.REPORT_SEEN, acting(), now(), record_id=found.id)
    return _page("editions/edition.html", found, None, files=OFFERED)


@blueprint.get("/<uuid:edition_id>/file/<form>")
@requires(Permission.SEE_REPORTS, recorded=True)
def file(edition_id: UUID, form: str) -> ResponseReturnValue:
    """One of its files, once it is frozen."""
    found = _readable(edition_id)
    if found.state != EditionState.FROZEN or form not in ALL_FORMS:
        abort(404)
    told = with_words(told_again(found.told), found.said)
    invented = current_app.extensions["asks_whether_demo"]()
    imprint = Imprint(found.by.organisation.name, found.contact, found.next_on, invented)
    sheet = made(told, form, imprint)
    record(Tag.REPORT_TAKEN, acting(), now(), record_id=found.id)
    answer = Response(sheet.content, content_type=sheet.mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{sheet.name}"'
    return answer


def _readable(edition_id: UUID) -> Edition:
    """One that is out, or any for who makes them; else 404."""
    found = edition_of(edition_id)
    makes = acting().may(Permission.MAKE_EDITIONS)
    return found if found.told and (makes or found.is_out(now())) else abort(404)


def _page(template: str, edition: Edition, form: Form | None, **more: object) -> str:
    told = with_words(told_again(edition.told), edition.said) if edition.told else None
    return render_template(
        template, edition=edition, told=told, form=form, kinds=KINDS, now=now(), **more
    )
