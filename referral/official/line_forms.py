"""Each line of a file of throughput read by the very fields of the page of one figure."""

from collections.abc import Mapping, Sequence

from werkzeug.datastructures import MultiDict

from referral.official.actions import FigureDetails
from referral.official.files import Wrong
from referral.official.forms import FigureForm
from referral.official.places import Place, by_what_is_written
from referral.official.throughput import COLUMNS
from referral.web.forms import options
from referral.web.tables import NoTable, Row, Table

Key = tuple[object, ...]


class FigureLineForm(FigureForm):
    """One figure of a file."""

    class Meta:
        """Nobody typed it into a page of ours."""

        csrf = False

    def sentences(self) -> Sequence[str]:
        """What is wrong with the line, field by field; empty where nothing is."""
        self.validate()
        return [f"{field.label.text}: {field.errors[0]}" for field in self if field.errors]


def figures_from(table: Table, places: Sequence[Place]) -> tuple[list[FigureDetails], list[Wrong]]:
    """The figures of a file, and its lines with a mistake: of such a file nothing is taken in.

    Raises NoTable.
    """
    fields = COLUMNS.fields_of(table.columns)
    days = {"first", "last"} <= set(fields.values())
    if not days and "period" not in fields.values():
        raise NoTable(
            "Its first line has to name the column “period”, or “first day” and “last day”"
        )
    known = by_what_is_written(places)
    found: dict[Key, int] = {}
    coming = []
    wrong = []
    for row in table.rows:
        read = _read(row, fields, known)
        if isinstance(read, Wrong):
            wrong.append(read)
            continue
        key = read.place.key, read.part.span, *read.part.series
        if key in found:
            said = f"It is about the same as line {found[key]}. Leave one of them out"
            wrong.append(Wrong(row.line, said))
        found.setdefault(key, row.line)
        coming.append(read)
    return coming, wrong


def _read(row: Row, fields: Mapping[str, str], known: Mapping[str, Place]) -> FigureDetails | Wrong:
    if row.wrong:
        return Wrong(row.line, row.wrong[:1].upper() + row.wrong[1:])
    said = {name: row.cells[column] for column, name in fields.items()}
    place = known.get(said["place"].lower())
    if place is None:
        called = said["place"][:100]
        return Wrong(row.line, f"We do not know “{called}”. Write an area code or a centre’s name")
    first = said.pop("first", "")
    last = said.pop("last", "")
    said["span"] = said.pop("period", "") or (f"{first} to {last}" if first or last else "")
    form = FigureLineForm(MultiDict({**said, "place": place.key}))
    form.place.choices = options([(place.key, place.name)])
    wrong = form.sentences()
    return Wrong(row.line, "; ".join(wrong)) if wrong else form.details_of(place)
