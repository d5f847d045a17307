"""The calendar: appointments and reviews of a day or a week, one's own or the team's."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casefile.calendar_queries import Calendar, calendar_of, whose_today
from referral.casefile.span import called, span_of
from referral.casework.cover.queries import duty_at
from referral.clock import now, today
from referral.web.reading import Unreadable, day

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/calendar")
@requires(Permission.WORK_CASES, recorded=True)
def calendar() -> ResponseReturnValue:
    """What is arranged: mine or the team's, this week or another, or one day."""
    at = now()
    chosen, wrong = _chosen()
    week = request.args.get("view") != "day"
    team = request.args.get("of") == "team"
    span = span_of(chosen, week)
    duty = duty_at(at, acting().organisation_id)
    found = calendar_of(acting(), span, None if team else whose_today(acting(), duty), at)
    _note_seen(found)
    days = {day: called(day, today()) for day in span.each}
    shown = {"found": found, "span": span, "days": days, "duty": duty, "now": at, "today": today()}
    shown |= {"week": week, "team": team, "unread": wrong}
    return render_template("casefile/calendar.html", **shown), 422 if wrong else 200


def _note_seen(found: Calendar) -> None:
    for case in {entry.case.id: entry.case for entry in found.all}.values():
        record(Tag.CASE_SEEN, acting(), now(), subject_id=case.person_id, record_id=case.id)


def _chosen() -> tuple[date, str]:
    """The day that was asked for, as people write it; today where none was, or none can be read."""
    typed = request.args.get("day", "").strip()
    try:
        return (day(typed, today()) if typed else today()), ""
    except Unreadable as unreadable:
        return today(), str(unreadable)
