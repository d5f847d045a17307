"""The forms of the languages of the person's own page: to choose one, and to put in its words."""

from collections.abc import Mapping

from wtforms import HiddenField, SelectField

from referral.contact.own_page.catalogue import Line, Translation
from referral.web.fields import required
from referral.web.forms import Form, TextField, options, tidy
from referral.web.sheets import as_sheet
from referral.web.table_form import TableForm
from referral.web.tables import Columns, NoTable, Table
from referral.web.tongue import Tongue

COLUMNS = Columns(
    {"name": ["name"], "english": ["english"], "text": ["translation"]},
    ["name", "english", "text"],
)


class LanguageForm(Form):
    """In which language they read the page."""

    language = HiddenField()


class SheetForm(TableForm):
    """The sheet of a translator, for one language."""

    language = SelectField("Language", [required("Choose the language")])
    translator = TextField(
        "Who translated it, and when", [required("Say who translated it, and when")], limit=200
    )

    def sheet(self, english: Mapping[str, str]) -> Translation | None:
        """What was sent; None where it does not fit these sentences, which is told at the field."""
        try:
            sent = Translation(self.language.data, self.translator.data, lines_of(self.table()))
        except NoTable as refused:
            self.refuse(refused)
            return None
        wrong = list(sent.wrong(english))
        for sentence in wrong:
            self.refuse(NoTable(sentence))
        return None if wrong else sent


def lines_of(table: Table) -> list[Line]:
    """The lines of a sheet that are filled in. Raises NoTable."""
    fields = COLUMNS.fields_of(table.columns)
    if torn := [row for row in table.rows if row.wrong]:
        raise NoTable(f"Line {torn[0].line}: {torn[0].wrong}")
    lines = []
    for row in table.rows:
        cells = {field: tidy(row.cells[column]) for column, field in fields.items()}
        if cells["text"]:
            lines.append(Line(row.line, **cells))
    if not lines:
        raise NoTable("No sentence is translated in it. Fill in the last column")
    return lines


def in_words_of(form: Form, tongue: Tongue) -> Form:
    """The form with its labels, choices and what is wrong with it in the words of a page."""
    for field in form:
        field.label.text = tongue.of(str(field.label.text))
        field.errors = [tongue.of(str(sentence)) for sentence in field.errors]
        if pairs := getattr(field, "choices", None):
            field.choices = options((one.value, tongue.of(str(one.label))) for one in pairs)
    form.form_errors[:] = [tongue.of(str(sentence)) for sentence in form.form_errors]
    return form


def sheet_of(english: Mapping[str, str], own: Mapping[str, str]) -> bytes:
    """A sheet for a translator: each sentence, and what it is in their language so far."""
    rows = [(name, text, own.get(name, "")) for name, text in english.items()]
    return as_sheet([[names[0] for names in COLUMNS.names.values()], *rows])
