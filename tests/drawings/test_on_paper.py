"""A told report as PDF/UA: tagged, named, in its language, each figure with the same in words."""

import io
from collections.abc import Iterator
from datetime import date

import pytest
from drawings import reports
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from referral.drawings.filters import period_of
from referral.published.tables import About, Told
from referral.reports.renderings import told_as_pdf
from referral.web.pdf import DRAWN, Refused, drawn_in, own_file


@pytest.fixture
def paper(app) -> PdfReader:
    with app.test_request_context():
        return PdfReader(io.BytesIO(told_as_pdf(reports.told())))


def test_nothing_is_amiss_when_it_is_made(app, caplog):
    with app.test_request_context():
        told_as_pdf(reports.told())
    assert [said.getMessage()[:200] for said in caplog.records if said.levelname != "INFO"] == []


def parts(paper: PdfReader) -> Iterator[DictionaryObject]:
    """Each element of the structure, from the first to the last."""

    def below(node: object) -> Iterator[DictionaryObject]:
        if not isinstance(node, DictionaryObject):
            return
        if "/S" in node:
            yield node
        inside = node.get("/K", [])
        for child in inside if isinstance(inside, list) else [inside]:
            yield from below(child.get_object() if hasattr(child, "get_object") else child)

    yield from below(paper.trailer["/Root"]["/StructTreeRoot"])


def test_it_is_tagged_titled_in_english_and_claims_pdf_ua(paper):
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.metadata.title == "Support after arrest, 2026-Q3, Scotland"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data() or (
        b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    )


def test_every_figure_has_its_numbers_in_words(paper):
    figures = [part for part in parts(paper) if part["/S"] == "/Figure"]
    spoken = [part["/Alt"] for part in figures if part.get("/Alt")]
    assert len(figures) == len(spoken)
    for drawing in reports.drawings().values():
        assert any(drawing.told[:80] in words for words in spoken), drawing.title


def test_every_cell_of_a_table_names_its_headers(paper):
    found = list(parts(paper))
    cells = [part for part in found if part["/S"] == "/TD"]
    assert len(cells) > 190
    for cell in cells:
        about = cell["/A"].get_object()
        assert len(about["/Headers"]) == 2  # that of its column, and that of its row
    assert {part["/S"] for part in found} >= {"/TH", "/THead", "/H1", "/H2", "/Caption"}


def test_its_outline_and_contents_lead_to_each_part(paper):
    (whole, below) = paper.outline
    titles = [each.title for each in below]
    assert whole.title == "Support after arrest"
    parts_of = [table.title for table in reports.told().tables]
    others = ["What is not told, and why", "Method and definitions"]
    assert titles == ["Contents", *parts_of, *others]
    first = paper.pages[0].extract_text()
    for each in below[1:]:
        page = paper.get_destination_page_number(each) + 1
        assert f"{each.title} {page}" in " ".join(first.split()), each.title


def test_each_page_says_of_what_it_is_and_how_many_there_are(paper):
    for number, page in enumerate(paper.pages, 1):
        text = page.extract_text()
        assert f"{number} of {len(paper.pages)}" in text
        assert "Support after arrest, July to September 2026, Scotland" in text


def test_a_table_over_two_pages_repeats_its_headers(paper):
    pages = [page.extract_text() for page in paper.pages]
    split = [text for text in pages if "Clackmannanshire" in text or "West Dunbartonshire" in text]
    assert len(split) == 2
    assert all("Council" in text for text in split)


def test_only_a_drawing_may_stand_in_an_address():
    assert drawn_in(f"{DRAWN}PHN2Zy8+") == b"<svg/>"
    with pytest.raises(Refused):
        own_file("data:text/html;base64,PHN2Zy8+")


def about(first: date, last: date) -> About:
    at = reports.AT
    return About("n", "N", "P", first, last, "A", "A", reports.told().about.audience, at, at, "1")


def test_a_period_is_named_by_its_months():
    assert period_of(about(date(2026, 7, 1), date(2026, 9, 30))) == "July to September 2026"
    assert period_of(about(date(2025, 4, 1), date(2026, 3, 31))) == "April 2025 to March 2026"
    assert period_of(about(date(2024, 2, 1), date(2024, 2, 29))) == "February 2024"
    part = about(date(2026, 7, 3), date(2026, 9, 30))
    assert period_of(part) == "3 July 2026 to 30 September 2026"


def test_a_report_of_which_nothing_is_told_can_be_printed(app):
    empty = Told(reports.told().about, (), ("Fewer than 30 people came into custody here.",))
    with app.test_request_context():
        paper = PdfReader(io.BytesIO(told_as_pdf(empty)))
    assert "Fewer than 30 people" in paper.pages[0].extract_text()
