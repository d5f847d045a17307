"""Drawings measure what their tables tell, and nothing that they withhold."""

from dataclasses import replace

import pytest
from drawings import reports
from drawings.reports import PEOPLE, STEPS, bars, both, lines
from hypothesis import given
from hypothesis import strategies as st

from referral.drawings import bridge, multiples, tiles, trend
from referral.drawings.board import CHIP, steps_up_to
from referral.drawings.draw import drawing_of
from referral.drawings.invented import COUNCILS, table
from referral.drawings.ladder import steps_of
from referral.drawings.marks import Box, Dot, Line, Texture, Words
from referral.drawings.words import said
from referral.published.tables import Code, Column, Number

counts = st.integers(0, 30_000)
parts = st.integers(0, 100)


@given(counts, st.lists(st.tuples(parts, parts, parts), min_size=1, max_size=7))
def test_the_parts_of_a_step_are_the_whole_bar(came, parts):
    rows = []
    before = came
    for number, (reached, missed, yet) in enumerate(parts):
        went = before * reached // 100
        lost = (before - went) * missed // 100
        waits = (before - went - lost) * yet // 100
        rest = before - went - lost - waits
        rows.append(f"s{number} | Step | {went} {lost} {waits} {rest} 50")
        before = went
    told = table(
        "ladder", "T", "step", STEPS, "\n".join([f"b | Booked | {came} [z] [z] [z] [z]", *rows])
    )
    for step in steps_of(told):
        assert sum(part for _, _, part in step.pieces) == pytest.approx(1 if step.whole else 0)


def test_each_bar_of_the_ladder_is_everybody_who_reached_the_step_before():
    ladder = reports.told_table("ladder")
    steps = steps_of(ladder)
    before = 19412
    for step in steps:
        assert sum(part.value for part in step.parts.values()) == before == step.whole
        before = step.parts["reached"].value
    for sheet in both(reports.drawn(ladder)):
        for step in steps:
            boxes = bars(sheet, step.row.code)
            whole = sum(box.width for box in boxes)
            assert whole == pytest.approx(bars(sheet, "booked")[0].width)
            for box in boxes:
                count = step.parts[box.of[1]].value
                assert box.width / whole == pytest.approx(count / step.whole)
            assert [box.x for box in boxes] == sorted(box.x for box in boxes)


def test_what_a_step_withholds_is_one_piece_with_all_that_did_not_go_on():
    ladder = lines("ladder", STEPS, "b | Booked | 100 [z] [z] [z] [z]\na | Asked | 60 [c] 0 [c] 60")
    for sheet in both(ladder):
        went, hidden = bars(sheet, "a")
        assert (went.texture, hidden.texture) == (Texture.SOLID, Texture.WITHHELD)
        assert went.width / (went.width + hidden.width) == pytest.approx(0.6)
        assert "[c] not reached · [c] unknown" in sheet.texts


def test_a_step_whose_count_is_withheld_has_no_length_at_all():
    rows = "b | Booked | 100 [z] [z] [z] [z]\na | Asked | [c] 30 0 [c] [c]\nn | Next | 5 5 5 5 [u]"
    drawing = lines("ladder", STEPS, rows)
    for sheet in both(drawing):
        (hidden,) = bars(sheet, "a")
        assert hidden.texture is Texture.WITHHELD
        assert hidden.width == bars(sheet, "b")[0].width
        assert [round(box.width / hidden.width, 2) for box in bars(sheet, "n")] == [0.25] * 4
    assert "not known" in drawing.wide.texts


def test_a_step_that_nobody_could_take_is_nothing_and_not_withheld():
    rows = "b | Booked | 9 [z] [z] [z] [z]\na | Asked | 0 9 0 0 [u]\nn | Next | 0 0 0 0 [z]"
    for sheet in both(lines("ladder", STEPS, rows)):
        assert bars(sheet, "n") == []
        assert Texture.WITHHELD not in {box.texture for box in sheet.boxes}


WITHHELD = {
    "bars": ((PEOPLE,), "a | A | 40\nb | B | [c]"),
    "known": ((Column("known", "known", "%"),), "a | A | 40\nb | B | [c]"),
    "bridge": ((PEOPLE,), "a | A | 40\nb | B | [c]\nc | C | -3\nd | D | 25"),
    "nested": (
        tuple(Column(code, code, "people") for code in ("told", "referred", "engaged")),
        "a | A | 40 20 10\nb | B | [c] [c] [c]",
    ),
    "waits": (
        tuple(Column(code, code, "days") for code in ("median", "p90")),
        "a | A | 4 20\nb | B | [c] [c]",
    ),
    "trend": ((PEOPLE,), "a | A | 40\nb | B | [c]\nc | C | 30"),
}


@pytest.mark.parametrize("name", WITHHELD)
def test_a_withheld_number_is_a_hatched_box_of_one_size_with_its_code(name):
    for sheet in both(lines(name, *WITHHELD[name])):
        (chip,) = bars(sheet, "b")
        assert (chip.texture, chip.width) == (Texture.WITHHELD, CHIP)
        assert "[c]" in sheet.texts
        assert not [m for m in sheet.marks if isinstance(m, Line | Dot) and m.of[:1] == ("b",)]


def test_nothing_of_a_bridge_can_be_measured_after_a_step_that_is_withheld():
    told = table("bridge", "T", "step", *WITHHELD["bridge"])
    spans = bridge.spans_of(told.rows)
    assert [(span.low, span.high) for span in spans] == [(0, 40), (0, 0), (0, 3), (0, 25)]
    assert [span.linked for span in spans] == [True, False, False, False]


def test_the_steps_of_a_bridge_lead_from_one_total_to_the_other():
    spans = bridge.spans_of(reports.told_table("bridge").rows)
    assert [span.ends for span in spans] == [86, 67, 59, 53, 64, 64]
    assert all(span.linked for span in spans)


def test_a_line_is_broken_where_a_number_is_withheld():
    assert trend.pieces([1, 2, None, 3, None, None, 4]) == [[(0, 1), (1, 2)], [(3, 3)], [(6, 4)]]
    sheet = reports.drawings()["trend"].wide
    met = [m for m in sheet.marks if isinstance(m, Line) and m.of == ("met",)]
    assert [len(line.points) for line in met] == [3, 4]


def test_lines_differ_without_their_colour_and_carry_their_names():
    sheet = reports.drawings()["trend"].wide
    lines = {m.of: m.dash for m in sheet.marks if isinstance(m, Line) and m.of}
    shapes = {m.of[1]: m.shape for m in sheet.marks if isinstance(m, Dot)}
    assert len(set(lines.values())) == len(set(shapes.values())) == 2
    assert {"1,941", "968"} <= set(sheet.texts)


def test_areas_stand_in_the_order_of_their_last_value_and_the_withheld_last():
    rows = multiples.in_order(reports.told_table("multiples"))
    assert [row.code for row in rows] == ["G", "E", "P", "U", "J", "N", "L"]
    sheet = reports.drawings()["multiples"].wide
    country = [m for m in sheet.marks if isinstance(m, Line) and m.of == ("S92000003",)]
    assert len(country) == 6  # not over an area of which nothing is told
    assert {line.dash for line in country} == {"3 3"}
    assert len(bars(sheet, "L")) == 1


def test_each_council_has_a_tile_of_one_size_and_a_place_of_its_own():
    codes = {line.split(" | ")[0] for line in COUNCILS.strip().splitlines()} - {"unknown"}
    assert codes == tiles.COUNCILS.keys()
    assert len({(tile.across, tile.down) for tile in tiles.COUNCILS.values()}) == 32
    assert len({tile.short for tile in tiles.COUNCILS.values()}) == 32
    for sheet in both(reports.drawings()["tiles"]):
        found = [box for box in sheet.boxes if box.texture is not Texture.PLATE]
        assert len(found) == 32
        assert len({(box.width, box.height) for box in found}) == 1
        assert {"338", "[c]"} <= set(sheet.texts)
        hidden = [box for box in found if box.texture is Texture.WITHHELD]
        assert len(hidden) == 5
    assert reports.drawings()["tiles"].caption == "Not known, or no abode: 76."


def test_the_steps_of_the_tiles_are_told_and_have_no_gap():
    drawing = reports.drawings()["tiles"]
    words = [sign.words for sign in drawing.key]
    assert words == ["under 25", "25 to 39", "40 to 99", "100 and over", "[c] not told"]
    assert tiles.step_of(24, [25, 40, 100]) is Texture.STEP_1
    assert tiles.step_of(25, [25, 40, 100]) is Texture.STEP_2
    assert tiles.step_of(100, [25, 40, 100]) is Texture.STEP_4
    assert tiles.limits_of([]) == []
    assert tiles.limits_of([7, 7, 7]) == []


@given(st.lists(st.floats(0.1, 1e6), max_size=40))
def test_tiles_have_at_most_four_steps_that_rise(values):
    limits = tiles.limits_of(values)
    assert len(limits) <= 3
    assert limits == sorted(set(limits))


@given(st.floats(0.01, 1e7))
def test_an_axis_begins_at_nothing_and_reaches_the_most(most):
    steps = steps_up_to(most)
    assert steps[0] == 0
    assert steps[-1] >= most * 0.999999
    assert 2 <= len(steps) <= 5


@given(st.lists(counts, min_size=1, max_size=8))
def test_bars_are_as_long_as_their_numbers(values):
    rows = "\n".join(f"r{n} | Row {n} | {value}" for n, value in enumerate(values))
    for sheet in both(lines("bars", (PEOPLE,), rows)):
        widths = [sum(box.width for box in bars(sheet, f"r{n}")) for n in range(len(values))]
        longest = max(values)
        for value, width in zip(values, widths, strict=True):
            assert width == pytest.approx(value / longest * max(widths) if longest else 0, abs=0.01)


def test_a_wait_has_the_marker_of_21_days_only_where_it_is_of_waits():
    drawing = reports.drawings()["waits"]
    assert "21 days" in drawing.wide.texts
    assert "not the official waiting-times statistic" in drawing.caption
    assert "not the official waiting-times statistic" in drawing.told
    other = replace(reports.told_table("waits"), code="answers")
    assert "21 days" not in reports.drawn(other).wide.texts
    assert "official" not in reports.drawn(other).caption


def test_what_is_known_below_the_floor_is_hatched():
    sheet = reports.drawings()["known"].wide
    looks = {box.of[0]: box.texture for box in sheet.boxes if len(box.of) == 1}
    assert looks["came"] is Texture.SOLID
    assert looks["ethnicity"] is Texture.HATCHED


@pytest.mark.parametrize("name", reports.drawings())
def test_nothing_reaches_beyond_its_sheet(name):
    for sheet in both(reports.drawings()[name]):
        for box in sheet.boxes:
            assert -4 <= box.x <= box.x + box.width <= sheet.width + 4, box
            assert -1 <= box.y <= box.y + box.height <= sheet.height + 1, box


@pytest.mark.parametrize("name", reports.drawings())
def test_a_table_of_which_nothing_is_told_is_drawn_all_the_same(name):
    told = reports.told_table(name)
    columns = told.columns
    rows = "\n".join(f"{row.code} | {row.title} | {'[c] ' * len(columns)}" for row in told.rows)
    hidden = lines(name, columns, rows)
    for sheet in both(hidden):
        assert "[c]" in " ".join(sheet.texts)
        measures = {Texture.SOLID, Texture.HATCHED, Texture.DOTTED, Texture.PALE}
        assert not {box.texture for box in sheet.boxes} & measures
    assert "withheld" in hidden.told or "nothing is told" in hidden.told


def test_a_table_without_a_drawing_or_without_rows_has_none():
    assert drawing_of(table("", "T", "row", (PEOPLE,), "a | A | 1")) is None
    assert [drawing_of(one) for one in reports.told().tables].count(None) == 1


@pytest.mark.parametrize(
    ("cell", "unit", "words"),
    [
        (Number(1941), "people", "1,941"),
        (Number(8.5), "days", "8.5"),
        (Number(24.0), "days", "24"),
        (Number(82), "%", "82 %"),
        (Number(-19), "people", "−19"),
        (Number(0, Code.NEARLY_NONE), "%", "0 % [~]"),
        (Number(1702, Code.REVISED), "people", "1,702 [r]"),
        (Number(None, Code.WITHHELD), "%", "[c]"),
        (Number(None), "%", "[z]"),
        (Number("no capacity"), "", "no capacity"),
    ],
)
def test_a_number_is_written_with_its_unit_or_its_code(cell, unit, words):
    assert said(cell, unit) == words


def test_boxes_of_one_kind_have_one_texture():
    ladder = reports.drawings()["ladder"].wide
    looks = {box.of[1]: box.texture for box in ladder.boxes if len(box.of) == 2 and is_part(box)}
    assert len(set(looks.values())) == len(looks) == 4


def is_part(box: Box) -> bool:
    return box.texture is not Texture.PLATE


def test_what_does_not_apply_to_a_step_is_nobody_and_not_withheld():
    rows = "b | Booked | 10 [z] [z] [z] [z]\na | Asked | 6 3 [z] 1 60"
    for sheet in both(lines("ladder", STEPS, rows)):
        assert [box.of[1] for box in bars(sheet, "a")] == ["reached", "not_reached", "unknown"]


LONG = "Somebody who was met in the cells of a court and came to the service by themselves"


@pytest.mark.parametrize("name", sorted(set(reports.drawings()) - {"tiles", "trend"}))
def test_long_names_keep_within_the_sheet(name):
    told = reports.told_table(name)
    cells = " ".join(["0"] * len(told.columns))
    for sheet in both(lines(name, told.columns, f"a | Booked | {cells}\nb | {LONG} | {cells}")):
        for words in (mark for mark in sheet.marks if isinstance(mark, Words)):
            wide = len(words.text) * words.size * 0.46
            left = words.x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
            assert -12 <= left <= left + wide <= sheet.width + 12, words.text
            assert words.y <= sheet.height, words.text
