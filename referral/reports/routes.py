"""The outcome report as page, CSV and PDF."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.clock import now, today
from referral.directory.areas import Area, first_of
from referral.errors import RuleBroken
from referral.published.periods import last_quarter, quarters
from referral.reports.catalogue_queries import KINDS, NoSuchReport, team_told
from referral.reports.outcomes import OutcomeReport
from referral.reports.queries import areas_for, report_of, team_report, unmet_in
from referral.reports.renderings import as_csv, as_pdf
from referral.reports.steps import Standing
from referral.web.moments import moment
from referral.web.reading import Unreadable

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

TEAM = "team"


@blueprint.get("/outcomes")
@requires(Permission.SEE_REPORTS, recorded=True)
def outcomes() -> ResponseReturnValue:
    """Is it working, where, for whom?"""
    areas = areas_for(acting())
    asked = _asked(areas)
    report = None
    sentence = ""
    try:
        report = _made(areas)
    except RuleBroken as broken:
        sentence = broken.sentence
    record(Tag.REPORT_SEEN, acting(), now())
    page = render_template(
        "reports/outcomes.html",
        report=report,
        sentence=sentence,
        period=asked[0],
        area=asked[1],
        periods=quarters(today()),
        areas=areas,
        Standing=Standing,
    )
    return page, 422 if sentence else 200


@blueprint.get("/outcomes.csv")
@requires(Permission.SEE_REPORTS, recorded=True)
def outcomes_csv() -> ResponseReturnValue:
    """The same numbers for a spreadsheet."""
    return _taken(as_csv(_made(areas_for(acting()))), "text/csv", "csv")


@blueprint.get("/outcomes.pdf")
@requires(Permission.SEE_REPORTS, recorded=True)
def outcomes_pdf() -> ResponseReturnValue:
    """The same on paper."""
    return _taken(as_pdf(_made(areas_for(acting()))), "application/pdf", "pdf")


@blueprint.get("/all")
@requires(Permission.SEE_REPORTS, recorded=True)
def every() -> ResponseReturnValue:
    """All reports by what they answer: of the own team at once, of others as editions."""
    record(Tag.REPORT_SEEN, acting(), now())
    return render_template("reports/every.html", kinds=KINDS.values())


@blueprint.get("/all/<name>")
@requires(Permission.SEE_TEAM_COUNTS, recorded=True)
def own(name: str) -> ResponseReturnValue:
    """A report of the own team, exactly, as it is now or was known at an earlier moment."""
    asked = request.args.get("period") or last_quarter(today())
    as_at = request.args.get("as_at", "").strip()
    told = None
    sentence = ""
    try:
        told = team_told(name, asked, acting(), now(), moment(as_at, now()) if as_at else None)
    except NoSuchReport:
        abort(404)
    except (RuleBroken, Unreadable) as broken:
        sentence = broken.sentence if isinstance(broken, RuleBroken) else str(broken)
    record(Tag.REPORT_SEEN, acting(), now())
    shown = {"told": told, "sentence": sentence, "period": asked, "as_at": as_at}
    kind = KINDS[name]
    page = render_template("reports/own.html", kind=kind, periods=quarters(today()), **shown)
    return page, 422 if sentence else 200


@blueprint.get("/unmet")
@requires(Permission.SEE_REPORTS, recorded=True)
def unmet() -> ResponseReturnValue:
    """The needs that nobody could take on, by area and week."""
    areas = areas_for(acting())
    area = _asked(areas)[1]
    ledger = None
    sentence = ""
    try:
        ledger = unmet_in(area, acting(), today())
    except RuleBroken as broken:
        sentence = broken.sentence
    record(Tag.REPORT_SEEN, acting(), now())
    shown = {"ledger": ledger, "area": area, "sentence": sentence, "areas": areas}
    page = render_template("reports/unmet.html", **shown)
    return page, 422 if sentence else 200


def _asked(areas: Sequence[Area]) -> tuple[str, str]:
    own = acting().may(Permission.SEE_TEAM_COUNTS)
    period = request.args.get("period") or last_quarter(today())
    return period, request.args.get("area") or (TEAM if own else first_of(areas))


def _made(areas: Sequence[Area]) -> OutcomeReport:
    period, area = _asked(areas)
    if area == TEAM and acting().may(Permission.SEE_TEAM_COUNTS):
        return team_report(period, acting(), now())
    return report_of(period, area, now(), areas)


def _taken(body: bytes, kind: str, ending: str) -> ResponseReturnValue:
    record(Tag.REPORT_TAKEN, acting(), now())
    answer = Response(body, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="outcomes.{ending}"'
    return answer
