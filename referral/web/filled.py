"""A form filled from what is recorded, which writes only what was touched.

What stood in its fields when the page was made goes along, hidden. A field that comes back as it
stood says nothing: somebody else may have written meanwhile, or the reader may not see it all.
"""

import json
from typing import Any, ClassVar

from wtforms import BooleanField, Field, HiddenField, SelectMultipleField

from referral.web.forms import Form


class FilledForm(Form):
    """`filled` names the fields; `was_shown` is to be called once they are filled."""

    filled: ClassVar[tuple[str, ...]] = ()
    seen = HiddenField()

    def was_shown(self) -> None:
        """Keep what stands in the fields; where the form was sent before, what stood then stays."""
        if not self.seen.data:
            stand = {name: _plain(self[name]) for name in self.filled if name in self}
            self.seen.data = json.dumps(stand)

    def touched(self, name: str) -> bool:
        """Whether a field came back otherwise than it was shown."""
        field = self[name]
        if not field.raw_data and not isinstance(field, BooleanField | SelectMultipleField):
            return False  # it did not come back at all
        return _plain(field) != self._stood.get(name, "")

    def said(self, name: str) -> Any:
        """The value of a field that was touched; None for one that says nothing."""
        return self[name].data if self.touched(name) else None

    @property
    def _stood(self) -> dict[str, str]:
        try:
            stood = json.loads(self.seen.data or "{}")
        except ValueError:
            return {}
        return stood if isinstance(stood, dict) else {}


def _plain(field: Field) -> str:
    """The value of a field as one line, by which two are compared; empty, unticked are alike."""
    data = field.data
    if isinstance(data, list | tuple):
        return " ".join(sorted(data))
    return " ".join(str(data).split()) if data else ""
