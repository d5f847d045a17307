"""A report as a data package: a star of tables, with a description for programs and one for people.

By Data Package 2.0 (datapackage.org): each column with its type, each table with its keys.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

from referral.published.audiences import Audience
from referral.published.tables import MEANING, Told
from referral.sheets.plain import (
    INVENTED,
    LICENCES,
    OPEN_LICENCE,
    OURS,
    Imprint,
    named,
    one_line,
    slug,
)
from referral.sheets.star import DataTable, Field, Value, star_of
from referral.sheets.zipped import as_zip_of
from referral.web.filters import day, when
from referral.web.sheets import as_sheet

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
CSV = ("csv", "text/csv")


def as_zip(told: Told, imprint: Imprint = OURS) -> bytes:
    """The report as a star of CSV files in UTF-8, in one file with its description."""
    star = star_of(told, imprint)
    files = {table.name: _as_csv(table) for table in star}
    return packed(told, imprint, star, files, CSV)


def packed(
    told: Told,
    imprint: Imprint,
    star: list[DataTable],
    files: Mapping[str, bytes],
    kind: tuple[str, str],
) -> bytes:
    """The tables as files of a kind (ending, media type), behind what describes them."""
    ending, _ = kind
    described = {
        "datapackage.json": _described(told, imprint, star, files, kind),
        "README.md": _dictionary(told, imprint, star, ending).encode(),
    }
    tables = {f"{table.name}.{ending}": files[table.name] for table in star}
    return as_zip_of(described | tables, told.about.as_at)


def _as_csv(table: DataTable) -> bytes:
    names = [field.name for field in table.fields]
    return as_sheet([names, *([_written(value) for value in row] for row in table.rows)])


def _written(value: Value) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return value.isoformat()
        case _:
            return value


def _described(
    told: Told,
    imprint: Imprint,
    star: list[DataTable],
    files: Mapping[str, bytes],
    kind: tuple[str, str],
) -> bytes:
    about = told.about
    body: dict[str, object] = {
        "$schema": PROFILE,
        "name": slug(about),
        "title": named(about.title, about.name),
        "description": " ".join(one_line(text) for text in _introduced(told, imprint)),
        "version": f"{about.as_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "created": f"{about.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "contributors": [{"title": named(imprint.publisher, ""), "roles": ["publisher"]}],
    }
    if about.audience is Audience.PUBLIC:
        title = LICENCES[about.audience].value
        body["licenses"] = [{"name": "OGL-UK-3.0", "title": title, "path": OPEN_LICENCE}]
    keys = {table.name: list(table.key) for table in star}
    body["resources"] = [_resource(table, files[table.name], kind, keys) for table in star]
    return json.dumps(body, indent=1).encode()


def _resource(
    table: DataTable, content: bytes, kind: tuple[str, str], keys: Mapping[str, list[str]]
) -> dict[str, object]:
    ending, media = kind
    return {
        "name": table.name,
        "path": f"{table.name}.{ending}",
        "type": "table",
        "format": ending,
        "mediatype": media,
        **({"encoding": "utf-8"} if kind == CSV else {}),
        "description": table.about,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(table, keys),
    }


def _schema(table: DataTable, keys: Mapping[str, list[str]]) -> dict[str, object]:
    schema: dict[str, object] = {
        "$schema": SCHEMA,
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if links := [field for field in table.fields if field.leads_to]:
        schema["foreignKeys"] = [
            {
                "fields": [link.name],
                "reference": {"resource": link.leads_to, "fields": keys[link.leads_to]},
            }
            for link in links
        ]
    return schema


def _field(field: Field) -> dict[str, object]:
    needed = {"constraints": {"required": True}} if field.needed else {}
    return {
        "name": field.name,
        "type": field.kind.value,
        "description": field.about,
        **needed,
    }


def _introduced(told: Told, imprint: Imprint) -> list[str]:
    about = told.about
    days = f"{day(about.first)} to {day(about.last)}"
    running = "The period is not over yet." if about.running else ""
    texts = [
        INVENTED if imprint.invented else "",
        f"{named(about.area, about.area_code)}, {days}.",
        running,
        f"As at {when(about.as_at)}, time in Scotland.",
        *told.sentences,
        f"Numbers withheld: {told.withheld}.",
        f"{LICENCES[about.audience]}.",
        f"Contact: {imprint.contact}.",
    ]
    return [one_line(text) for text in texts if one_line(text)]


def _dictionary(told: Told, imprint: Imprint, star: list[DataTable], ending: str) -> str:
    lines = [f"# {named(told.about.title, told.about.name)}", "", *_introduced(told, imprint), ""]
    lines += [f"- {text}" for note in told.notes if (text := one_line(note))]
    for table in star:
        lines += ["", f"## {table.name}.{ending}", "", table.about, ""]
        for field in table.fields:
            leads = f" Leads to {field.leads_to}.{ending}." if field.leads_to else ""
            key = " Key." if field.name in table.key else ""
            lines.append(f"- {field.name} ({field.kind.value}): {field.about}{key}{leads}")
    lines += ["", "## Codes", ""]
    lines += [f"- {code.value}: {meaning}" for code, meaning in MEANING.items()]
    return "\n".join([*lines, ""])
