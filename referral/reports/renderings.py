"""The one report object as CSV, JSON and PDF."""

import json
from collections.abc import Iterator

from flask import render_template

from referral.published.tables import Told
from referral.reports.disclosure import Shown, exact
from referral.reports.outcomes import CHANGES, OutcomeReport
from referral.reports.steps import Standing
from referral.web.pdf import as_pdf as pdf_of
from referral.web.sheets import as_sheet

COLUMNS = ("period", "area_code", "area", "section", "measure", "unit", "value", "status")


def as_csv(report: OutcomeReport) -> bytes:
    """One value a row, UTF-8; `value` is empty and `status` says so where a count is withheld."""
    about = (report.period.name, report.area_code, report.area)
    values = [
        (*about, section, measure, unit, "" if shown.value is None else shown.value, shown.status)
        for section, measure, unit, shown in _values(report)
    ]
    return as_sheet([COLUMNS, *values])


def as_json(report: OutcomeReport) -> bytes:
    """The same values with the definitions of the measures."""
    body = {
        "period": report.period.name,
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "area": {"code": report.area_code, "name": report.area},
        "made_at": report.made_at.isoformat(),
        "protected": report.protected,
        "definitions": {step.measure.code: step.measure.definition for step in report.ladder}
        | {"change": CHANGES},
        "values": [
            {
                "section": section,
                "measure": measure,
                "unit": unit,
                "value": shown.value,
                "status": shown.status.value,
            }
            for section, measure, unit, shown in _values(report)
        ],
    }
    return json.dumps(body, indent=1).encode()


def as_pdf(report: OutcomeReport) -> bytes:
    """The page's content on paper, tagged."""
    return pdf_of(render_template("reports/outcomes_pdf.html", report=report))


def told_as_pdf(told: Told) -> bytes:
    """A told report on paper: contents, figures with the same in words, tables, definitions."""
    return pdf_of(render_template("reports/told_pdf.html", told=told))


def _values(report: OutcomeReport) -> Iterator[tuple[str, str, str, Shown]]:
    for step in report.ladder:
        yield "ladder", step.measure.code, "people", step.people
        yield "ladder", step.measure.code, "instances", step.instances
        yield "ladder", step.measure.code, "unknown", step.unknown
    for one in report.steps:
        for where in Standing:
            yield "steps", f"{one.step.code}: {where}", "people", exact(one.tally.people[where])
            yield "steps", f"{one.step.code}: {where}", "stays", exact(one.tally.stays[where])
    for line in report.needs:
        yield "need disclosed", line.title, "people", line.disclosed
        yield "need referred", line.title, "people", line.referred
        yield "need engaged", line.title, "people", line.engaged
    for reasons in report.reasons:
        for name, shown in reasons.parts.items():
            yield reasons.title, name, reasons.unit, shown
        yield reasons.title, "total", reasons.unit, reasons.total
    for change in report.changes:
        for became, shown in change.became.items():
            yield "change", f"{change.title}: {became.lower()}", "people", shown
        yield "change", f"{change.title}: asked twice", "people", change.twice
