"""Reports of the own team as they are now, and for everybody else the way to editions."""

from collections.abc import Iterable

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.clock import now, today
from referral.errors import RuleBroken
from referral.published.periods import last_quarter, quarters
from referral.reports.catalogue_queries import KINDS, Kind, NoSuchReport, team_told
from referral.reports.queries import team_report, team_unmet
from referral.reports.readable import of_report
from referral.reports.renderings import as_csv, as_pdf
from referral.reports.steps import Standing
from referral.reports.unmet_queries import NAME as UNMET
from referral.web.moments import moment
from referral.web.reading import Unreadable

blueprint = Blueprint("reports", __name__, url_prefix="/reports")


@blueprint.get("/outcomes")
@requires(Permission.SEE_REPORTS, recorded=True)
def outcomes() -> ResponseReturnValue:
    """Is it working, for whom? Of the own team as it is now; of all others as editions."""
    if not acting().may(Permission.SEE_TEAM_COUNTS):
        return _editions(KINDS.values())
    report = None
    sentence = ""
    try:
        report = team_report(_period(), acting(), now())
    except RuleBroken as broken:
        sentence = broken.sentence
    record(Tag.REPORT_SEEN, acting(), now())
    page = render_template(
        "reports/outcomes.html",
        report=report,
        sentence=sentence,
        period=_period(),
        periods=quarters(today()),
        Standing=Standing,
    )
    return page, 422 if sentence else 200


@blueprint.get("/outcomes.csv")
@requires(Permission.SEE_TEAM_COUNTS, recorded=True)
def outcomes_csv() -> ResponseReturnValue:
    """The same numbers for a spreadsheet."""
    return _taken(as_csv(team_report(_period(), acting(), now())), "text/csv", "csv")


@blueprint.get("/outcomes.pdf")
@requires(Permission.SEE_TEAM_COUNTS, recorded=True)
def outcomes_pdf() -> ResponseReturnValue:
    """The same on paper."""
    return _taken(as_pdf(team_report(_period(), acting(), now())), "application/pdf", "pdf")


@blueprint.get("/all")
@requires(Permission.SEE_REPORTS, recorded=True)
def every() -> ResponseReturnValue:
    """All reports by what they answer: of the own team at once, of others as editions."""
    return _editions(KINDS.values())


@blueprint.get("/all/<name>")
@requires(Permission.SEE_TEAM_COUNTS, recorded=True)
def own(name: str) -> ResponseReturnValue:
    """A report of the own team, exactly, as it is now or was known at an earlier moment."""
    as_at = request.args.get("as_at", "").strip()
    told = None
    sentence = ""
    try:
        known = moment(as_at, now()) if as_at else None
        told = team_told(name, _period(), acting(), now(), known)
    except NoSuchReport:
        abort(404)
    except (RuleBroken, Unreadable) as broken:
        sentence = broken.sentence if isinstance(broken, RuleBroken) else str(broken)
    record(Tag.REPORT_SEEN, acting(), now())
    shown = {"told": told, "sentence": sentence, "period": _period(), "as_at": as_at}
    kind = KINDS[name]
    page = render_template("reports/own.html", kind=kind, periods=quarters(today()), **shown)
    return page, 422 if sentence else 200


@blueprint.get("/unmet")
@requires(Permission.SEE_REPORTS, recorded=True)
def unmet() -> ResponseReturnValue:
    """The needs that nobody could take: of the own team by week, of all others as editions."""
    if not acting().may(Permission.SEE_TEAM_COUNTS):
        return _editions([KINDS[UNMET]])
    ledger = team_unmet(acting(), today())
    record(Tag.REPORT_SEEN, acting(), now())
    return render_template("reports/unmet.html", ledger=ledger)


def _period() -> str:
    return request.args.get("period") or last_quarter(today())


def _editions(kinds: Iterable[Kind]) -> str:
    """The way in to what is out: of each report the newest, and no number that is not frozen."""
    found = current_app.extensions["editions_out"](acting(), now())
    record(Tag.REPORT_SEEN, acting(), now())
    shown = [(kind, of_report(found, kind.name)) for kind in kinds]
    return render_template("reports/every.html", shown=shown)


def _taken(body: bytes, kind: str, ending: str) -> ResponseReturnValue:
    record(Tag.REPORT_TAKEN, acting(), now())
    answer = Response(body, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="outcomes.{ending}"'
    return answer
