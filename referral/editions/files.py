"""The files of an edition, all made of what is kept of it: the same again whenever it is asked."""

from collections.abc import Mapping

from referral.published.tables import Told
from referral.reports.renderings import told_as_pdf
from referral.sheets.files import FORMS, File, Form, file_of
from referral.sheets.plain import Imprint

PAPER = Form(lambda told, _imprint: told_as_pdf(told), "application/pdf", "pdf")
ALL_FORMS: Mapping[str, Form] = {**FORMS, "pdf": PAPER}
OFFERED = ("pdf", *(name for name in FORMS if name != "parquet"))


def made(told: Told, form: str, imprint: Imprint) -> File:
    """A file. Raises NoParquet, NoPdf where the server lacks what makes them."""
    return file_of(told, form, imprint, ALL_FORMS)
