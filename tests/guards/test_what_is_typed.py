"""Every form, by reflection: what is blank once tidied was not typed, and every text has an end.

A new form, field or schema is held without being named here.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime

import pytest
from marshmallow import fields as api
from marshmallow import validate
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, PasswordField, StringField, TextAreaField

from referral.api import schemas
from referral.app import create_app
from referral.directory.bounds import BOUNDS
from referral.directory.queries import LIST_OF
from referral.settings import Settings
from referral.web.fields import MomentField, required
from referral.web.forms import Form, TextField

BLANK = " \t\x00\u200b\u2060 "
ENDLESS = "7" * 20_001


@pytest.fixture(scope="module")
def everywhere():
    app = create_app(Settings(database_url="sqlite://"))
    with app.test_request_context():
        yield


def forms(base: type[Form] = Form) -> Iterator[type[Form]]:
    for form in base.__subclasses__():
        if form.__module__.startswith("referral."):
            yield form
        yield from forms(form)


def errors(form: type[Form], name: str, typed: str | None) -> list[str]:
    """What a field of the form says to what was typed; None: it was left out."""
    filled = form(MultiDict({} if typed is None else {name: typed}))
    field = filled[name]
    field.validate(filled)
    return list(field.errors)


def texts(form: type[Form]) -> list[str]:
    """The names of the fields in which people type."""
    return [field.name for field in form(MultiDict()) if types(field)]


def types(field: Field) -> bool:
    return isinstance(field, StringField | TextAreaField) and not isinstance(field, HiddenField)


def taken_blank(form: type[Form]) -> list[str]:
    said = [name for name in texts(form) if not isinstance(form(MultiDict())[name], PasswordField)]
    return [name for name in said if errors(form, name, None) and not errors(form, name, BLANK)]


def without_end(form: type[Form]) -> list[str]:
    return [name for name in texts(form) if not errors(form, name, ENDLESS)]


def strings(schema: type[schemas.Incoming]) -> Iterator[tuple[str, api.Field]]:
    for name, field in schema().fields.items():
        parts = (field.key_field, field.value_field) if isinstance(field, api.Dict) else (field,)
        yield from ((name, part) for part in parts if isinstance(part, api.String))


def unbounded(schema: type[schemas.Incoming]) -> list[str]:
    bounds = (validate.Length, validate.OneOf)
    return [
        name
        for name, part in strings(schema)
        if not any(isinstance(one, bounds) for one in part.validators)
    ]


ALL = sorted(set(forms()), key=lambda form: (form.__module__, form.__name__))
INCOMING = [
    kind for kind in vars(schemas).values()
    if isinstance(kind, type) and issubclass(kind, schemas.Incoming)
]  # fmt: skip


def test_what_has_to_be_typed_is_not_typed_by_a_blank(everywhere):
    for form in ALL:
        assert taken_blank(form) == [], form


def test_a_text_has_a_longest(everywhere):
    for form in ALL:
        assert without_end(form) == [], form


def test_a_text_from_a_program_has_a_longest_or_is_one_of_a_list():
    for schema in INCOMING:
        assert unbounded(schema) == [], schema


def test_a_planted_breach_is_noticed(everywhere):
    from wtforms.validators import InputRequired

    class Planted(Form):
        __module__ = "tests"
        name = TextField("Name", [InputRequired("Enter it")])
        right = TextField("Right", [required("Enter it")])
        note = TextAreaField("Note")

    class Given(schemas.Incoming):
        free = api.String()
        each = api.Dict(api.String(), api.String(validate=validate.Length(max=4)))

    assert taken_blank(Planted) == ["name"]
    assert without_end(Planted) == ["note"]
    assert unbounded(Given) == ["free", "each"]


def moments_without_bound(kinds: Iterable[type]) -> list[str]:
    """The moments of forms and of what actions take that stand in no table of bounds."""
    names = [
        (kind, field.name)
        for kind in kinds
        for field in (kind(MultiDict()) if issubclass(kind, Form) else fields(kind))
        if isinstance(field, MomentField) or "datetime.datetime" in str(getattr(field, "type", ""))
    ]
    return [f"{kind.__name__}.{name}" for kind, name in names if name not in BOUNDS]


def details() -> list[type]:
    """What actions take, as dataclasses."""
    known = [module for name, module in sorted(sys.modules.items()) if name.startswith("referral.")]
    found = {kind for module in known for kind in vars(module).values() if isinstance(kind, type)}
    return [kind for kind in found if is_dataclass(kind) and kind.__name__.endswith("Details")]


def test_a_moment_that_somebody_gives_has_its_bounds(everywhere):
    assert moments_without_bound([*ALL, *details()]) == []


def test_a_moment_without_bounds_is_noticed(everywhere):
    class Planted(Form):
        __module__ = "tests"
        seen_at = MomentField("When")

    @dataclass
    class SeenDetails:
        seen_at: datetime

    assert moments_without_bound([Planted, SeenDetails]) == [
        "Planted.seen_at",
        "SeenDetails.seen_at",
    ]


def test_a_code_from_a_program_is_looked_for_in_its_list():
    free = {"move", "note", "place", "forename", "surname", "phone", "stated_by"}
    free |= {"accompanied_name"}
    codes = {
        name for schema in INCOMING for name, field in schema().fields.items()
        if isinstance(field, api.String) and not isinstance(field.validate, validate.OneOf)
    } - free  # fmt: skip
    # the move says the list of its reason; the form has the choices of the council
    assert codes - LIST_OF.keys() == {"reason", "council"}
