"""The rule for details kept from last time when nobody said anything new."""

from collections.abc import Iterator

from referral.people.identity import Identity
from referral.people.traits import same_number

FIELDS = {
    "sex": "sex",
    "postcode": "address",
    "phone": "phone number",
    "language": "language",
    "interpreter": "interpreter",
}
DETAILS = (*FIELDS, "no_fixed_abode")


def kept(typed: Identity, last: Identity) -> Iterator[str]:
    """The names of the fields that nobody typed this time and that stand as they were last time.

    A form left at "English" or "no interpreter" has said nothing new.
    """
    if typed.sex == "U" and last.sex != "U":
        yield "sex"
    address = typed.postcode or typed.no_fixed_abode or typed.council_code
    if not address and (last.postcode or last.no_fixed_abode):
        yield "postcode"
    if last.phone and not (typed.phone or same_number(typed.number, last.phone)):
        yield "phone"
    if typed.language == "en" and last.language != "en":
        yield "language"
    if not typed.interpreter and last.interpreter:
        yield "interpreter"
