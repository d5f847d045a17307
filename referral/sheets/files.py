"""The forms in which a report can be had as a file, by the word that asks for one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from referral.published.tables import Told
from referral.sheets.data_package import as_zip
from referral.sheets.open_document import KIND, as_ods
from referral.sheets.parquet_package import as_parquet
from referral.sheets.plain import OURS, Imprint, slug
from referral.sheets.rows import as_csv
from referral.sheets.whole import as_json


@dataclass(frozen=True)
class Form:
    """How a file is made, what kind it is, and how its name ends."""

    made: Callable[[Told, Imprint], bytes]
    mimetype: str
    ending: str


FORMS: Mapping[str, Form] = {
    "csv": Form(as_csv, "text/csv; charset=utf-8", "csv"),
    "ods": Form(as_ods, KIND, "ods"),
    "json": Form(as_json, "application/json", "json"),
    "zip": Form(as_zip, "application/zip", "zip"),
    "parquet": Form(as_parquet, "application/zip", "parquet.zip"),
}


@dataclass(frozen=True)
class File:
    """A file to hand out or to write down."""

    name: str
    mimetype: str
    content: bytes


def file_of(
    told: Told, form: str, imprint: Imprint = OURS, forms: Mapping[str, Form] = FORMS
) -> File:
    """The report in one of the forms, under a name that says what, when and where.

    Raises LookupError for another word, and NoParquet.
    """
    wanted = forms[form]
    name = slug(told.about)
    return File(f"{name}.{wanted.ending}", wanted.mimetype, wanted.made(told, imprint))
