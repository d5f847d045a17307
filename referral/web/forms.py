"""The base of every form: CSRF token, one-time submit key, the version of what is edited."""

import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from flask import g
from flask_wtf import FlaskForm
from sqlalchemy.exc import DBAPIError
from wtforms import Field, HiddenField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from referral.db import db
from referral.errors import RuleBroken
from referral.locks import Busy, is_busy
from referral.web import submit_keys, way_back
from referral.web.bidi import without_turns


def tidy(text: str | None) -> str:
    """The text without stray space, turning signs, and NUL, which PostgreSQL refuses.

    Where nothing is left that a reader could see, nothing was typed.
    """
    kept = " ".join(without_turns(text or "").replace("\x00", "").split())
    return kept if any(unicodedata.category(sign)[0] not in "CZ" for sign in kept) else ""


def number_in(text: str) -> uuid.UUID | None:
    """The random number of a record that a text holds; None for any other text."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def tidy_lines(text: str | None) -> str:
    """The same of each line; lines that hold nothing go."""
    return "\n".join(filter(None, map(tidy, (text or "").splitlines())))


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Codes and labels as the choices of a field."""
    return [SelectChoice(value, label) for value, label in pairs]


class Sentences:
    """What the library itself says of a field, in our words."""

    OTHER: ClassVar[Mapping[str, str]] = {
        "Not a valid choice.": "Choose one that is on the list",
        "Invalid Choice: could not coerce.": "Choose one that is on the list",
        "'%(value)s' is not a valid choice for this field.": "Tick those that are on the list",
    }

    def gettext(self, sentence: str) -> str:
        """The sentence, or ours in its place."""
        return self.OTHER.get(sentence, sentence)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The same of one or many."""
        return self.gettext(one if number == 1 or one in self.OTHER else many)


class Form(FlaskForm):
    """Shape only: a form checks what was typed and never queries, authorises or decides."""

    submit_key = HiddenField(default=lambda: str(uuid.uuid4()))
    version = HiddenField()
    broken_status: int | None = None

    class Meta(FlaskForm.Meta):
        """Filled with what is sent, or with what was kept when a sign-in ended meanwhile."""

        def wrap_formdata(self, form: object, formdata: Any) -> Any:
            """The data that the fields read; None where nothing was sent."""
            typed = super().wrap_formdata(form, formdata)
            return way_back.given_back() if typed is None else typed

        def get_translations(self, form: object) -> Sentences:
            """What is said where the library refuses."""
            del form
            return Sentences()

    @property
    def seen_version(self) -> int:
        """The version that the reader had before them; 0 when there was none.

        It is what was sent, whatever the form is shown for since.
        """
        sent = self.version.raw_data
        digits = str((sent[0] if sent else self.version.data) or "")  # a number: the record's own
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0

    @property
    def status(self) -> int:
        """Of the answer with which the form is shown: 200, or what was wrong with it."""
        return self.broken_status or (422 if self.errors else 200)

    def validate(self, *more: Any, **named: Any) -> bool:
        """Whether what was typed will do; if not, the page says so in its title."""
        fits: bool = super().validate(*more, **named)
        g.wrong = not fits
        return fits

    def tell(self, field: Field, sentence: str) -> None:
        """Something is wrong with a field that only the page could see."""
        field.errors = [*field.errors, sentence]
        g.wrong = True

    def show(self, version: int) -> None:
        """The form is shown for this version of the record; what was kept, for its own."""
        if way_back.given_back() is not None:
            return
        self.version.data = str(version)


def something_is_wrong() -> bool:
    """Whether the page that is drawn shows a form that was refused."""
    return bool(g.get("wrong"))


@contextmanager
def keeping(form: Form) -> Iterator[None]:
    """A rule broken inside is undone and told at the form, which keeps what was typed.

    So is what could not be written because others were writing.
    """
    try:
        yield
    except RuleBroken as broken:
        _tell(form, broken)
    except DBAPIError as error:
        if not is_busy(error):
            raise
        _tell(form, Busy())
    submit_keys.release()


def _tell(form: Form, broken: RuleBroken) -> None:
    """The sentence stands beside the field that it is about; where there is none, above all."""
    db.session.rollback()
    about = next((form[name] for name in broken.fields if name in form), None)
    if about is None:
        form.form_errors.append(broken.sentence)
    else:
        about.errors = [*about.errors, broken.sentence]
    form.broken_status = broken.status
    g.wrong = True


class TextField(StringField):
    """A line of text, tidied, with a limit; empty when nothing was typed."""

    data: str

    def __init__(self, label: str, validators: Any = (), limit: int = 100, **more: Any) -> None:
        longest = Length(max=limit, message=f"{label} can be up to {limit} characters")
        super().__init__(label, [*validators, longest], filters=[tidy], **more)
