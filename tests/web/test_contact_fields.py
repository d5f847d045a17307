"""An e-mail address, a number, a postcode: what is taken, how it is kept, what is said if not."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import Optional

from referral.web.fields import EmailAddressField, PhoneField, PostcodeField


class AddressForm(Form):
    typed = EmailAddressField("Email address", [Optional()], limit=40)


class NumberForm(Form):
    typed = PhoneField()


class PlaceForm(Form):
    typed = PostcodeField()


def filled(kind, typed, before=None):
    form = kind(MultiDict({"typed": typed}), data=before and {"typed": before})
    form.validate()
    return form.typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("name@example.org", "name@example.org"),
        ("  Anne.O'Neil+desk@Health.Example.ORG ", "Anne.O'Neil+desk@health.example.org"),
        ("post@bücher.example", "post@xn--bcher-kva.example"),
        ("post@xn--bcher-kva.example", "post@xn--bcher-kva.example"),
        ("", ""),
    ],
)
def test_an_address_is_kept_as_every_mail_server_takes_it(typed, kept):
    field = filled(AddressForm, typed)
    assert (field.data, list(field.errors)) == (kept, [])


@pytest.mark.parametrize(
    "typed",
    ["name", "name@", "@example.org", "name@example", "two words@example.org", "a@b@example.org",
     "Anne <anne@example.org>", "anne@example.org, bob@example.org", "name@exa_mple.org",
     "name@localhost", "renée@example.org", "name@example..org"],
)  # fmt: skip
def test_what_is_no_address_stays_in_its_field_with_a_sentence(typed):
    field = filled(AddressForm, typed)
    assert list(field.errors) == ["Type an email address, like name@example.org"]
    assert field._value() == typed


def test_an_address_has_a_longest():
    assert filled(AddressForm, "a" * 40 + "@example.org").errors


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("07700900123", "07700 900123"),
        ("07700-900-123", "07700 900123"),
        ("+447700900123", "07700 900123"),
        ("0044 (0)7700 900123", "07700 900123"),
        ("01414960123", "0141 496 0123"),
        ("+48 512345678", "+48 512 345 678"),
        ("0800 1111", "0800 1111"),
        ("101", "101"),
        ("0141 496 0123 ext 12", "0141 496 0123 ext 12"),
        ("mum: 07700 900123", "mum: 07700 900123"),
        ("7700900123", "7700900123"),
        ("", ""),
    ],
)
def test_a_number_is_kept_as_people_say_it_and_words_beside_it_as_typed(typed, kept):
    field = filled(NumberForm, typed)
    assert (field.data, list(field.errors)) == (kept, [])


@pytest.mark.parametrize(
    "typed", ["07700 9001", "07700 90012", "none", "ask his brother", "1", "07700 900123 456"]
)
def test_what_nobody_could_dial_stays_in_its_field_with_a_sentence(typed):
    field = filled(NumberForm, typed)
    assert "leave this empty" in field.errors[0]
    assert field._value() == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("g51 2ab", "G51 2AB"),
        ("EH11AA", "EH1 1AA"),
        ("ec1a 1bb", "EC1A 1BB"),
        ("KW17", "KW17"),
        ("zz99 3vz", "ZZ99 3VZ"),  # what registers write for "nowhere"
        ("", ""),
    ],
)
def test_a_postcode_is_kept_with_its_space_in_capitals(typed, kept):
    field = filled(PlaceForm, typed)
    assert (field.data, list(field.errors)) == (kept, [])


@pytest.mark.parametrize("typed", ["Govan", "G51 2A", "G51 2", "12345", "NFA", "G51 2AB G51"])
def test_what_is_no_postcode_stays_in_its_field_with_a_sentence(typed):
    field = filled(PlaceForm, typed)
    assert "like G51 2AB" in field.errors[0]
    assert field._value() == typed


@pytest.mark.parametrize("kind", [NumberForm, PlaceForm])
def test_what_was_recorded_before_and_is_left_alone_keeps_nobody_waiting(kind):
    assert not filled(kind, "a hostel", before="a hostel").errors
