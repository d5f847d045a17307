"""Each line of a register of services read by the very fields of the page of a service."""

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from referral.directory.actions import AgesCrossed
from referral.directory.forms import ServiceForm
from referral.directory.service_lines import COLUMNS, ComingService
from referral.web.fields import required
from referral.web.forms import TextField, options, tidy
from referral.web.tables import Row, Table

Pairs = Sequence[tuple[str, str]]
NOT_YET = UUID(int=0)  # the number of an organisation that is looked for by its name
SEXES = {"everybody": "", "women only": "F", "women": "F", "men only": "M", "men": "M"}
CAPACITY = "additional-assessment-required"  # nobody has asked them


class ServiceLineForm(ServiceForm):
    """One service of a register."""

    organisation_id = None  # type: ignore[assignment]
    organisation = TextField("Organisation", [required("Enter the organisation")])

    class Meta:
        """Nobody typed it into a page of ours."""

        csrf = False

    def problems(self) -> list[str]:
        """What is wrong with the line, field by field; nothing of it is wrong with the page."""
        FlaskForm.validate(self)
        found = [f"{field.label.text}: {field.errors[0]}" for field in self if field.errors]
        low, high = self.minimum_age.data, self.maximum_age.data
        crossed = low is not None and high is not None and high < low
        return [*found, f"Ages: {AgesCrossed().sentence}"] if crossed else found


def services_from(table: Table, needs: Pairs, councils: Pairs) -> list[ComingService]:
    """The services of a file, with the needs and councils of today by code and name.

    Raises NoTable.
    """
    fields = COLUMNS.fields_of(table.columns)
    return [_coming(row, fields, needs, councils) for row in table.rows]


def _coming(row: Row, fields: Mapping[str, str], needs: Pairs, councils: Pairs) -> ComingService:
    if row.wrong:
        return ComingService(row.line, wrong=[row.wrong])
    said = {field: row.cells[column] for column, field in fields.items()}
    typed = MultiDict({name: text for name, text in said.items() if text})
    for name, pairs in (("needs", needs), ("councils", councils)):
        typed.setlist(name, _codes(said.get(name, ""), pairs))
    typed["sexes"] = SEXES.get(said.get("sexes", "").lower(), said.get("sexes", "").upper())
    typed["capacity"] = CAPACITY
    form = ServiceLineForm(typed)
    form.needs.choices, form.councils.choices = options(needs), options(councils)
    form.capacity.choices = options([(CAPACITY, "")])
    wrong = form.problems()
    details = None if wrong else form.details_of(NOT_YET)
    return ComingService(row.line, tidy(said["organisation"]), tidy(said["name"]), details, wrong)


def _codes(text: str, pairs: Pairs) -> list[str]:
    """The codes of a cell with several, each written as its code or its name."""
    names = {name.lower(): code for code, name in pairs} | {c.lower(): c for c, _ in pairs}
    parts = [tidy(part) for part in re.split(r"[|;/\n]", text)]
    return [names.get(part.lower(), part) for part in parts if part]
