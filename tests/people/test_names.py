"""Names written and heard in many ways are one name."""

import pytest

from referral.people.names import KINDS, _table, akin, fold, forms, same_forename, sound


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
        ("M`Kenzie", "mckenzie"),
        ("M´Kenzie", "mckenzie"),
        ("OʼNeil", "oneil"),
        ("Weiß", "weiss"),
        ("Đorđe", "dorde"),
        ("Sørensen", "sorensen"),
        ("Олександр", "олександр"),
        ("محمد", "محمد"),
        ("王伟", "王伟"),
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
        ("shug", "hugh"),
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


@pytest.mark.parametrize(("one", "other"), [("rab", "bobby"), ("ian", "sean"), ("jock", "jack")])
def test_forms_of_one_third_name_are_a_reason_to_look(one, other):
    assert akin(one, other)
    assert not same_forename(one, other)
    assert not akin(one, "peter")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ryan", "liam"),
        ("paul", "peter"),
        ("al", "brian"),
        ("jo", "john"),
        ("rab", "bobby"),
        ("hamish", "james"),
        ("ian", "john"),
        ("robert", "william"),
        ("dan", "danielle"),
        ("mary", "michelle"),
    ],
)
def test_other_names_do_not(one, other):
    assert not same_forename(one, other)
    assert not same_forename(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("rab", "bobby"), ("ian", "john"), ("con", "constance")]
)
def test_what_only_belongs_together_is_looked_for_all_the_same(one, other):
    assert akin(one, other)


def test_the_kept_forms_make_no_chain_and_name_nothing_twice():
    for kind in KINDS:
        lines = _table()[kind]
        for full, others in lines.items():
            assert full not in others
            assert len(others) == len(set(others)), full
            if kind == "short":
                assert not [other for other in others if other in lines], full


def test_every_kept_form_is_looked_for_under_the_full_name():
    for kind in KINDS:
        for full, others in _table()[kind].items():
            assert all(full in forms(other) for other in others)
