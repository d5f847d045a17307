"""A spreadsheet that a person opens runs nothing."""

import csv
import io

import pytest

from referral.web.sheets import as_sheet


@pytest.mark.parametrize("planted", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_is_text(planted):
    rows = list(csv.reader(io.StringIO(as_sheet([["a", planted]]).decode(), newline="")))
    assert rows == [["a", f"'{planted}"]]


def test_everything_else_comes_back_as_it_was():
    row = ["Ewa Nowak, “Ròs”", "two\nlines", 'a "quote"', 5, ""]
    rows = list(csv.reader(io.StringIO(as_sheet([row]).decode(), newline="")))
    assert rows == [[str(cell) for cell in row]]
