"""Names written and heard in many ways are one name."""

import pytest

from referral.people.names import fold, same_forename, sound


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("MacKenzie", "mckenzie"),
        ("Mc Kenzie", "mckenzie"),
        ("M'Kenzie", "mckenzie"),
        ("M’KENZIE", "mckenzie"),
        ("O'Neil", "oneil"),
        ("Mack", "mack"),
        ("Màiri", "mairi"),
        ("Błądek", "bladek"),
        ("Dixon - Spencer", "dixon-spencer"),
        ("De Silva", "desilva"),
        ("  ", ""),
    ],
)
def test_a_name_has_one_spelling(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Docherty", "Dougherty"),
        ("Thomson", "Thompson"),
        ("Stewart", "Steward"),
        ("Mhairi", "Vari"),
        ("Siobhan", "Shevaun"),
        ("Reid", "Read"),
        ("McNeil", "MacNeill"),
        ("Gallacher", "Gallagher"),
    ],
)
def test_names_that_sound_alike_have_one_sound(one, other):
    assert sound(fold(one)) == sound(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann", "Dan"), ("Reid", "Boyd"), ("Ross", "Moss"), ("Kerr", "Kelly")],
)
def test_names_that_sound_apart_do_not(one, other):
    assert sound(fold(one)) != sound(fold(other))


def test_a_name_that_begins_with_another_vowel_sounds_alike():
    assert sound(fold("Aileen")) == sound(fold("Eileen"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bill", "william"),
        ("rab", "robert"),
        ("rab", "bobby"),
        ("shug", "hugh"),
        ("hamish", "james"),
        ("ruaridh", "roderick"),
        ("senga", "agnes"),
        ("gosia", "malgorzata"),
        ("con", "connor"),
        ("davie", "david"),
    ],
)
def test_a_short_form_stands_for_the_full_name(one, other):
    assert same_forename(one, other)
    assert same_forename(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("ryan", "liam"), ("paul", "peter"), ("al", "brian"), ("jo", "john")]
)
def test_other_names_do_not(one, other):
    assert not same_forename(one, other)
