"""Whatever a worker types of somebody, they are found, within their team and nowhere else."""

from datetime import date

import pytest

from referral.people.searching import typed, words_of
from referral.people.traits import traits

TODAY = date(2026, 11, 26)


def words(*names, born=None, phone="", s=""):
    """The words of somebody with these names."""
    return words_of(names, [born], traits([], [born], "U", [], [(phone, s)]))


def found(said, under) -> bool:
    """Whether one reading of what was typed is found under the words."""
    return any(
        all(any(f" {spelt}" in under for spelt in spellings) for spellings in row)
        for row in typed(said, TODAY).readings
    )


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        (("Ana", "de Silva"), ["de Silva", "Silva", "desilva", "DE SILVA Ana", "ana silv"]),
        (("Jan", "van der Berg"), ["van der Berg", "vanderberg", "van derberg", "berg jan"]),
        (("Anne-Marie", "Kerr"), ["Anne-Marie", "anne marie", "annemarie kerr", "Marie"]),
        (("Anne Marie", "Kerr"), ["Anne-Marie", "Anne Marie Kerr", "annemarie"]),
        (("Michał", "Błądek"), ["Michał Błądek", "michal bladek", "BLADEK"]),
        (("Søren", "Weiß"), ["Søren", "soren weiss", "Weiß"]),
        (("Đorđe", "Núñez"), ["dorde", "Đorđe", "nunez"]),
        (("Pat", "O'Neil"), ["O'Neil", "O’Neil", "OʼNeil", "oneil", "O Neil", "o´neil"]),
        (("Pat", "O Neil"), ["O'Neil", "neil", "oneil pat"]),
        (("Iain", "MacDonald"), ["MacDonald", "McDonald", "M'Donald", "Mac Donald", "mac", "macd"]),
        (("Iain", "Mc Donald"), ["MacDonald", "mcdonald", "Mc Donald", "Donald", "macdon"]),
        (("Ewa", "Kowal-Nowak"), ["Kowal-Nowak", "nowak", "kowalnowak", "Kowal Nowak"]),
        (("Олександр", "Шевченко"), ["Шевченко", "олександр шев"]),
        (("محمد", "علي"), ["محمد", "علي"]),
        (("王", "伟"), ["王 伟", "王"]),
    ],
)
def test_a_name_is_found_as_it_is_recorded_and_as_it_is_said(recorded, said):
    under = words(*recorded)
    assert [one for one in said if not found(one, under)] == []


@pytest.mark.parametrize("said", ["Nei", "Donald", "Ильин", "Kerr Pat", "07700 900124", "4 5 1985"])
def test_another_name_or_number_is_not(said):
    under = words("Pat", "O'Hara", born=date(1985, 5, 3), phone="07700 900123")
    assert not found(said, under)


@pytest.mark.parametrize(
    "said",
    ["3 5 1985", "03/05/1985", "3.5.85", "1985-05-03", "Hara 3/5/1985", "07700 900123",
     "+44 7700 900123", "0770090", "S123456/05K", "s12345605k"],
)  # fmt: skip
def test_a_birth_date_and_a_number_are_found_however_they_are_written(said):
    under = words("Pat", "O'Hara", born=date(1985, 5, 3), phone="07700900123", s="S123456/05K")
    assert found(said, under) or found(said, words("Hara", born=date(1985, 5, 3)))


@pytest.mark.parametrize("said", ["", "  ", "-", "'", "%"])
def test_nothing_is_asked_where_nothing_was_typed(said):
    assert typed(said, TODAY).readings == ()


def test_a_long_search_has_few_readings():
    assert len(typed("one two three four five six seven", TODAY).readings) == 8


@pytest.mark.parametrize(
    ("said", "born"),
    [("Kerr 3.5.85", 1985), ("Kerr 3.5.10", 2010), ("Kerr 3/5/2024", None), ("Kerr 31/2/85", None)],
)
def test_a_birth_date_of_a_search_is_read_as_in_every_form(said, born):
    assert typed(said, TODAY).born == (born and date(born, 5, 3))


def test_the_matcher_is_asked_for_names_and_birth_date():
    said = typed("Shona Gillanders 7/3/1988", TODAY)
    assert (said.names, said.born) == (("Shona", "Gillanders"), date(1988, 3, 7))
