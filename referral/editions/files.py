"""The files of an edition, all made of what is kept of it: the same again whenever it is asked."""

from referral.published.tables import Told
from referral.reports.renderings import told_as_pdf
from referral.sheets.files import FORMS
from referral.sheets.plain import Imprint

PDF = "pdf"
ENDINGS = {**{name: form.ending for name, form in FORMS.items()}, PDF: PDF}
OFFERED = (PDF, *(name for name in FORMS if name != "parquet"))


def file_of(told: Told, form: str, imprint: Imprint) -> tuple[bytes, str]:
    """A file and its kind. Raises NoParquet, NoPdf where the server lacks what makes them."""
    if form == PDF:
        return told_as_pdf(told), "application/pdf"
    return FORMS[form].made(told, imprint), FORMS[form].mimetype


def name_of(told: Told, form: str) -> str:
    """What a file is called: the report, the period and the area."""
    about = told.about
    return f"{about.name}-{about.period}-{about.area_code}.{ENDINGS[form]}"
