"""A report as JSON: all that is told, in fields whose names stay."""

import json

from referral.published.tables import MEANING, Number, Table, Told
from referral.sheets.plain import LICENCES, OURS, Imprint, period_code, said

VERSION = 1  # of the names of the fields


def as_json(told: Told, imprint: Imprint = OURS) -> bytes:
    """The report with its definitions and the meaning of each code."""
    body = {
        "format_version": VERSION,
        "report": _about(told, imprint),
        "sentences": list(told.sentences),
        "notes": list(told.notes),
        "definitions": [
            {"name": name, "definition": text} for name, text in told.definitions.items()
        ],
        "codes": [{"code": code.value, "meaning": text} for code, text in MEANING.items()],
        "tables": [_table(table) for table in told.tables],
    }
    return json.dumps(body, indent=1, allow_nan=False).encode()


def _about(told: Told, imprint: Imprint) -> dict[str, object]:
    about = told.about
    return {
        "name": about.name,
        "title": about.title,
        "period": {
            "code": period_code(about),
            "name": about.period,
            "first_day": about.first.isoformat(),
            "last_day": about.last.isoformat(),
            "running": about.running,
        },
        "area": {"code": about.area_code, "name": about.area},
        "audience": about.audience.value,
        "as_at": about.as_at.isoformat(),
        "made_at": about.made_at.isoformat(),
        "definitions_version": about.version,
        "withheld": told.withheld,
        "publisher": imprint.publisher,
        "contact": imprint.contact,
        "licence": LICENCES[about.audience].value,
        "next_date": imprint.next_date.isoformat() if imprint.next_date else None,
        "invented": imprint.invented,
    }


def _table(table: Table[Number]) -> dict[str, object]:
    return {
        "code": table.code,
        "title": table.title,
        "about": table.about,
        "of": table.of,
        "notes": list(table.notes),
        "columns": [
            {"code": column.code, "title": column.title, "unit": column.unit}
            for column in table.columns
        ],
        "rows": [
            {"code": row.code, "title": row.title, "cells": [_cell(cell) for cell in row.cells]}
            for row in table.rows
        ],
    }


def _cell(cell: Number) -> dict[str, object]:
    number = said(cell)
    return {"value": number.value, "code": number.code.value}
