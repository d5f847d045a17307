"""Each line of a register that is left out says why, and nothing of what stands in it."""

import pytest

from referral.people.register import COLUMNS, NotTheRegister, RegisterEntry, Unreadable, entries

HEADER = "\t".join(COLUMNS).encode()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"9\tToo\tfew", "it has 3 fields instead of 10"),
        (b"9\tA\t\tB\t\tM\t\t\t\t\t", "it has 11 fields instead of 10"),
        (b"9\tA\t\tB\t1988-13-07\tM\t\t\t\t", "a date cannot be read: write it as 1985-05-31"),
        (b"9\tA\t\tB\t\tQ\t\t\t\t", "its sex is not M, F, X or U"),
        (b"9\tA\t\tB\t\tM\t\tA~B\t\t", "an alias is not forename~surname~date"),
        (b"\tA\t\tB\t\tM\t\t\t\t", "it has no reference"),
        (b"7\tA\t\tB\t\tM\t\t\t\t", "its reference has been loaded already"),
        (b"9\tA\0\t\tB\t\tM\t\t\t\t", "it has a sign that stands for nothing (NUL)"),
        (b"9\t\t \t\t1980-05-03\tM\t\t\t\t", "it has no name"),
        (b"9\tUnknown\t\tunknown\t1980-05-03\tM\t\t\t\t", "it has no name"),
        (b"9\tA\t\tB\t2980-05-03\tM\t\t\t\t", "a birth date is in the future"),
        (b"9\t\xff\t\tB\t\tM\t\t\t\t", "it is not UTF-8 text"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line, why):
    assert list(entries([HEADER, line], {"7"})) == [Unreadable(2, why)]


def test_a_reference_is_taken_once_and_a_sex_that_is_not_given_is_unknown():
    line, known = b"9\tA\t\tB\t\t\t\t\t\t", set()
    one, two = entries([HEADER + b"\r\n", line + b"\r\n", line], known)
    assert isinstance(one, RegisterEntry)
    assert (one.sex, one.born, one.phone) == ("U", None, "")
    assert two == Unreadable(3, "its reference has been loaded already")
    assert known == {"9"}


@pytest.mark.parametrize("sex", ["M", "F", "X", "U"])
def test_a_sex_that_is_given_is_kept(sex):
    [one] = entries([HEADER, f"9\tA\t\tB\t\t{sex}\t\t\t\t".encode()], set())
    assert isinstance(one, RegisterEntry)
    assert one.sex == sex


@pytest.mark.parametrize("header", [[], [b""], [b"name\tborn"]])
def test_another_file_is_refused(header):
    with pytest.raises(NotTheRegister):
        list(entries(header, set()))


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (b"\xef\xbb\xbf" + HEADER, b"9\tA\t\tB\t\tM\t\t\t\t"),
        (HEADER.upper() + b"\r\n", b"9\tA\t\tB\t\tm\t\t\t\t\r\n"),
        (HEADER.replace(b"\t", b" \t "), b' 9 \t"A"\t\t B\t\tM\t\t\t\t'),
    ],
)
def test_a_register_is_read_as_spreadsheets_write_it(header, row):
    [one] = entries([header, b"\r\n", row, b"\t\t\t\t\t\t\t\t\t\r\n", b""], set())
    assert isinstance(one, RegisterEntry)
    assert (one.reference, one.forename, one.surname, one.sex) == ("9", "A", "B", "M")
