"""Every letter of European names is drawn in a PDF, not only there as text."""

import hashlib
import io
from collections.abc import Iterator

import pytest
from flask import render_template_string
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream
from support.html import read

from referral.web.bidi import apart, in_words_of
from referral.web.forms import tidy
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
    "Bulgarian and Serbian": "Ъгълев, Ђорђе Љиљана Џеврић",
}


def drawn(pdf: bytes) -> tuple[set[str], list[str]]:
    """The letters that an outline is embedded for, and what was to be drawn without one."""
    letters, missing = set(), []
    for font, glyph, text in inked(pdf):
        if glyph and (has_outline(font, glyph) or not text.strip()):
            letters.update(text)
        else:
            missing.append(text)
    return letters, missing


def inked(pdf: bytes) -> Iterator[tuple[TTFont, int, str]]:
    """Each glyph in the order in which it is drawn, from the left: its font, number and letters."""
    for page in PdfReader(io.BytesIO(pdf)).pages:
        fonts = {name: embedded(font) for name, font in page["/Resources"]["/Font"].items()}
        current = None
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            if operator == b"Tf":
                current = fonts[operands[0]]
            for glyph in glyphs(operands) if operator in {b"Tj", b"TJ"} else ():
                font, said = current
                yield font, glyph, said.get(glyph, "")


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


def sheet(rows: str) -> str:
    """A document with the fonts of every print."""
    frame = (STATIC.parents[1] / "templates" / "print.html").read_text("utf-8")
    head = "".join(str(link) for link in read(frame).select("link"))
    return f'<html lang="en-GB"><head><title>Names</title>{head}</head><body>{rows}</body></html>'


def seen(row: str) -> str:
    """What a row looks like, from the left."""
    return "".join(text for _, _, text in inked(as_pdf(sheet(f"<p>{row}</p>"))))


@pytest.mark.parametrize("tag", ["p", "h2"])
def test_every_letter_is_drawn_in_both_weights(tag):
    rows = "".join(f"<{tag}>{words}</{tag}>" for words in WORDS.values())
    letters, missing = drawn(as_pdf(sheet(rows)))
    assert missing == []
    assert letters >= set("".join(WORDS.values())) - {" "}


@pytest.mark.parametrize(
    "place", ["{name}, {number}", "{number}, {name}", "{name} {number} {name}"]
)
@pytest.mark.parametrize("number", ["07700 900123", "12-AB34", "R-97DXVZ", "9TA4 22P9"])
def test_a_number_beside_an_arabic_name_is_drawn_from_the_left(place, number):
    row = place.format(name=apart("محمد العلي"), number=number)
    assert number in seen(row)


def test_a_code_in_an_arabic_message_is_drawn_from_the_left():
    said = in_words_of("ar", {"code": "12-AB34", "link": "http://127.0.0.1:8000/w/9"})
    row = "الرمز {code} هنا {link}".format_map(said)
    assert "12-AB34" in seen(f'<span dir="rtl">{row}</span>')
    assert said["link"] == "http://127.0.0.1:8000/w/9"  # no sign for a mail reader to take into it
    assert in_words_of("pl", {"code": "12-AB34"}) == {"code": "12-AB34"}


@pytest.mark.parametrize(
    "words", ["محمد العلي، فاطمة", "ڈاکٹر گھر ٹھیک", "پژمان چگونه", "کوردی ڕێ ڵۆ"]
)
@pytest.mark.parametrize("tag", ["p", "h2"])
def test_arabic_urdu_persian_and_kurdish_are_drawn_in_both_weights(words, tag):
    found = [(font, glyph) for font, glyph, _ in inked(as_pdf(sheet(f"<{tag}>{words}</{tag}>")))]
    inside = [one for one in found if has_outline(*one)]
    spaces = words.count(" ")
    assert len(inside) >= len(words) - spaces - words.count("لا")
    assert all(glyph for _, glyph in found)  # glyph 0 is the box for what a font has not


@pytest.mark.parametrize(
    ("name", "script"),
    [("王 伟", "Chinese"), ("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "Gurmukhi"), ("김민준", "Korean"), ("สมชาย", "Thai")],
)
@pytest.mark.parametrize("tag", ["p", "h2"])
def test_what_no_font_draws_is_said_in_words_and_never_a_box(name, script, tag):
    made = as_pdf(sheet(f"<{tag}>{apart(name)}, 07700 900123, Łukasz</{tag}>"))
    letters, missing = drawn(made)
    assert missing == []
    shown = "".join(text for _, _, text in inked(made))
    assert f"[in {script} letters, which this print cannot show]" in shown
    assert "07700 900123, Łukasz" in shown
    assert letters.isdisjoint(name.replace(" ", ""))


def shapes(words: str) -> list[object]:
    """The outline of each letter, by its points."""
    found = inked(as_pdf(sheet(f"<p>{words}</p>")))
    inside = [(font, glyph) for font, glyph, _ in found if has_outline(font, glyph)]
    names = [(font["glyf"], font.getGlyphOrder()[glyph]) for font, glyph in inside]
    return [tuple(glyf[name].getCoordinates(glyf)[0]) for glyf, name in names]


def test_arabic_letters_are_joined_as_they_are_written():
    below = set(shapes("&#160;"))  # the number of the page
    joined, alone = set(shapes("محمد")) - below, set(shapes("م ح د")) - below
    assert (len(joined), len(alone)) == (4, 3)
    assert not joined & alone  # each has the shape of its place in the word


def test_every_page_sets_arabic_apart_and_what_is_typed_turns_nothing(app):
    with app.test_request_context():
        shown = render_template_string(
            "{{ name }}, {{ number }}", name="محمد", number="07700 900123"
        )
    assert shown == "\u2068محمد\u2069, 07700 900123"
    assert tidy(shown) == "محمد, 07700 900123"
    assert tidy("Jim\u202emiJ") == "JimmiJ"


def test_what_is_vendored_is_what_was_vendored():
    sums = (STATIC / "vendor" / "SHA256SUMS").read_text("utf-8").splitlines()
    for line in sums:
        known, name = line.split("  ")
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == known, name
