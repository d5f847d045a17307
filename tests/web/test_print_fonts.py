"""Every letter of European names is drawn in a PDF, not only there as text."""

import hashlib
import io

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream

from referral.web.pdf import STATIC, as_pdf

WORDS = {
    "Polish": "Łukasz Żółć, Ąńś Ćwięk, Źdźbło",
    "Hungarian": "Őry Fűzfa, Ödön Űr",
    "Romanian": "Ștefan Țurcanu, Șțăâî",
    "Turkish": "İbrahim Yıldız Ağaoğlu, Çiğdem Şahin",
    "Czech and Slovak": "Jiří Dvořák, Ňuňo Ťažký, Ľubomír Ďuriš Ĺŕ",
    "Baltic": "Āriņš Ķēniņš Ģirts, Šarūnė Žemaitė Ųįė",
    "Nordic": "Åse Øster Æbleøn, Þór Ðuríð",
    "South Slavic": "Đorđe Šćepanović Žižić Čačak",
    "Gaelic and Welsh": "Seòras MacÌomhair, Màiri, Ŵyn Ŷnys Ẁẃẅ, Ḃḋḟṁṡṫ",
    "German, French, Spanish": "Groß ẞ Müller, Œuvre Ÿ Façade, Ñandú",
    "signs": "‘quoted’ “double” – — … € £ ½ 07700 900123",
    "Ukrainian and Russian": "Їжак Ґанок Єва, Щукин Ёлка",
}


def drawn(pdf: bytes) -> tuple[set[str], list[str]]:
    """The letters that an outline is embedded for, and what was to be drawn without one."""
    letters, missing = set(), []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        fonts = {name: embedded(font) for name, font in page["/Resources"]["/Font"].items()}
        current = None
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            if operator == b"Tf":
                current = fonts[operands[0]]
            for glyph in glyphs(operands) if operator in {b"Tj", b"TJ"} else ():
                font, said = current
                text = said.get(glyph, "")
                if glyph and (has_outline(font, glyph) or not text.strip()):
                    letters.update(text)
                else:
                    missing.append(text)
    return letters, missing


def has_outline(font: TTFont, glyph: int) -> bool:
    known = font.getGlyphOrder()
    return glyph < len(known) and font["glyf"][known[glyph]].numberOfContours != 0


def embedded(font) -> tuple[TTFont, dict[int, str]]:
    """A font as it lies in the document, and which letters each of its glyphs stands for."""
    file = font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"]
    said = {}
    for line in font["/ToUnicode"].get_data().decode().splitlines():
        glyph, _, text = line.strip().partition(" ")
        if glyph.startswith("<") and text.startswith("<") and " " not in text:
            said[int(glyph.strip("<>"), 16)] = bytes.fromhex(text.strip("<>")).decode("utf-16-be")
    return TTFont(io.BytesIO(file.get_data())), said


def glyphs(operands) -> list[int]:
    parts = operands[0] if isinstance(operands[0], list) else operands
    raw = b"".join(
        p.original_bytes if hasattr(p, "original_bytes") else p
        for p in parts
        if not isinstance(p, int | float)
    )
    return [int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2)]


@pytest.mark.parametrize("tag", ["p", "h2"])
def test_every_letter_is_drawn_in_both_weights(tag):
    rows = "".join(f"<{tag}>{words}</{tag}>" for words in WORDS.values())
    head = (
        '<link rel="stylesheet" href="/vendor/source-sans-3/print.css">'
        '<link rel="stylesheet" href="/print.css">'
    )
    page = f'<html lang="en-GB"><head><title>Names</title>{head}</head><body>{rows}</body></html>'
    letters, missing = drawn(as_pdf(page))
    assert missing == []
    assert letters >= set("".join(WORDS.values())) - {" "}


def test_what_is_vendored_is_what_was_vendored():
    sums = (STATIC / "vendor" / "SHA256SUMS").read_text("utf-8").splitlines()
    for line in sums:
        known, name = line.split("  ")
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == known, name
