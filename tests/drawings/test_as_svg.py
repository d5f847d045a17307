"""A drawing on a page: SVG with the same in words, that needs no colour, script or style."""

import re
from xml.etree import ElementTree

import pytest
from drawings import reports
from flask import render_template, render_template_string
from support.html import read

from referral.drawings.marks import Drawing, Texture

SVG = "{http://www.w3.org/2000/svg}"
ALONE = '{% from "drawings/marks.html" import alone %}{{ alone(drawing) }}'
FILLED = '{% from "drawings/marks.html" import filled %}{{ filled(texture) }}'
NAMES = list(reports.drawings())


@pytest.fixture
def shown(app):
    """The report with all drawings, as the page of the language shows it."""
    with app.test_request_context():
        return read(render_template("reports/_told.html", told=reports.told()))


def alone(app, drawing: Drawing) -> ElementTree.Element:
    with app.test_request_context():
        return ElementTree.fromstring(render_template_string(ALONE, drawing=drawing))  # noqa: S314


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_well_formed_and_says_the_same_in_words(app, name):
    drawing = reports.drawings()[name]
    svg = alone(app, drawing)
    assert svg.find(f"{SVG}title").text == drawing.title
    assert svg.find(f"{SVG}desc").text == drawing.told
    texts = [each.text for each in svg.iter(f"{SVG}text")]
    assert texts == list(drawing.wide.texts)
    assert len(texts) > 5


def test_every_drawing_of_a_page_is_an_image_with_a_name_and_a_description(shown):
    images = shown.select("svg[role=img]")
    assert len(images) == 2 * len(NAMES)
    for image in images:
        title, desc = image["aria-labelledby"].split()
        assert shown.find(id=title).name == "title"
        assert len(shown.find(id=desc).text) > 60
    others = [svg for svg in shown.select("svg") if svg.get("role") != "img"]
    assert all(svg["aria-hidden"] == "true" for svg in others)


def test_the_words_have_every_number_of_the_rows_that_are_few(app):
    for name in ("ladder", "bars", "nested", "waits", "known", "bridge"):
        told = reports.drawings()[name].told
        for row in reports.told_table(name).rows:
            for cell in row.cells:
                if cell.value is not None:
                    assert f"{abs(cell.value):,}" in told, (name, row.title)
    assert "Argyll and Bute withheld" in reports.drawings()["tiles"].told
    assert "1 of 8 not told" in reports.drawings()["trend"].told


def test_the_table_stands_beneath_each_drawing_with_the_same_numbers(shown):
    for table in reports.told().tables:
        part = shown.find(id=f"t-{table.code}")
        rows = part.select("tbody tr")
        assert len(rows) == len(table.rows)
        folded = part.find("details")
        assert bool(folded) == bool(table.drawn)
        if folded:
            assert folded.summary.text.strip() == f"Table: {table.title}"
        for found, row in zip(rows, table.rows, strict=True):
            assert found.th["scope"] == "row"
            assert len(found.select("td")) == len(row.cells)


def test_each_texture_looks_different_without_its_colour(app):
    with app.test_request_context():
        drawn = [render_template_string(FILLED, texture=each) for each in Texture]
    without = [re.sub(r"#[0-9a-f]{3,6}", "", each) for each in drawn[:5]]
    assert len(set(without)) == 5  # solid, hatched, dotted, empty, withheld
    assert len(set(drawn)) >= len(Texture) - 1  # the palest step is the pale ground


def test_a_page_needs_no_style_and_names_no_texture_that_it_has_not(shown):
    assert not shown.select("[style], style, script")
    ids = [each["id"] for each in shown.select("[id]")]
    assert len(ids) == len(set(ids))
    asked = set(re.findall(r"url\(#([\w-]+)\)", str(shown)))
    assert asked == {"t-hatched", "t-dotted", "t-withheld"} <= set(ids)
    links = {link["href"].removeprefix("#") for link in shown.select("nav a")}
    assert links <= set(ids)


def test_the_head_says_period_readers_and_that_it_still_runs(shown):
    head = shown.select_one(".app-report__state").text
    assert "July to September 2026, Scotland." in head
    assert "counts under 10 are withheld" in head
    assert "Still running" in head


def test_each_code_is_explained_and_counted(shown):
    rows = [
        [cell.text for cell in row.select("th, td")] for row in shown.select("#t-codes tbody tr")
    ]
    assert ["[c]", "withheld, so that nobody can be recognised", "23"] in rows
    assert ["[r]", "changed since an earlier edition", "1"] in rows
