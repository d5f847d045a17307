"""The form that confirms details kept from last time."""

from collections.abc import Collection

from wtforms import BooleanField, RadioField, SelectField

from referral.custody.forms import SEXES
from referral.desk.actions import StillTrue
from referral.web.fields import PhoneField, PostcodeField
from referral.web.forms import Form, options


class StillTrueForm(Form):
    """Only the fields that nobody typed this time; their names differ from those of the offer."""

    kept_sex = RadioField("Sex", choices=options(SEXES))
    kept_postcode = PostcodeField()
    kept_no_fixed_abode = BooleanField("No fixed abode")
    kept_phone = PhoneField()
    kept_language = SelectField("Language")
    kept_interpreter = BooleanField("Needs an interpreter")

    def keep(self, fields: Collection[str]) -> None:
        """Leave only what was kept; the address has two fields."""
        asked = {f"kept_{name}" for name in fields}
        if "kept_postcode" in asked:
            asked.add("kept_no_fixed_abode")
        for name in [name for name in self._fields if name.startswith("kept_")]:
            if name not in asked:
                del self[name]

    def details(self) -> StillTrue:
        """The confirmed details, postcode in capitals; a field that was not asked stays None."""
        said = {
            name.removeprefix("kept_"): field.data
            for name, field in self._fields.items()
            if name.startswith("kept_")
        }
        return StillTrue(**said)
