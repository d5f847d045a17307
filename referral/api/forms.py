"""What an agency's program says, read by the very fields of the page, with their sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from referral.casefile.door_forms import AgencyForm
from referral.web.forms import options

Pairs = Sequence[tuple[str, str]]


class StatementForm(AgencyForm):
    """Somebody for whom an agency speaks."""

    class Meta:
        """Nobody typed it into a page of ours."""

        csrf = False


def statement_form(
    said: Mapping[str, Any], lists: Mapping[str, Pairs], home: Pairs
) -> StatementForm:
    """The form with what a program said, today's codes and the councils."""
    typed: MultiDict[str, str] = MultiDict()
    for name, value in said.items():
        values = value if isinstance(value, list) else [value]
        typed.setlist(name, [_word(one) for one in values if one is not None])
    form = StatementForm(typed)
    form.council.choices = options(home)
    form.needs.choices, form.dangers.choices = options(lists["need"]), options(lists["danger"])
    del form.place, form.due_at  # by when they are met, is for the team to say
    return form


def _word(said: Any) -> str:
    if isinstance(said, bool):
        return "yes" if said else "no"
    return str(said)
