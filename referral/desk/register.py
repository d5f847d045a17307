"""Bookings as a register exports them: which columns are read, which none may have, what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from referral.web.tables import Columns, NoTable

if TYPE_CHECKING:
    from referral.custody.actions import BookingDetails

COLUMNS = Columns(
    {
        "centre": ("custody centre", "centre"),
        "custody_reference": ("custody reference", "reference", "custody number"),
        "authorised_at": ("authorised at", "custody authorised at", "held since"),
        "surname": ("surname", "last name", "family name"),
        "forename": ("forename", "first name", "given name"),
        "middle": ("middle names", "middle name"),
        "date_of_birth": ("date of birth", "dob", "born"),
        "sex": ("sex",),
        "postcode": ("postcode",),
        "no_fixed_abode": ("no fixed abode",),
        "number": ("phone", "phone number"),
        "s_number": ("s number",),
        "cell": ("cell",),
        "language": ("language",),
        "interpreter": ("interpreter", "needs an interpreter"),
    },
    ("centre", "custody_reference", "authorised_at", "surname", "forename"),
)
BEGINS = ("charg", "libel", "statut", "accus", "alleg", "convict", "victim", "crim", "aggravat")
HAS = ("offen", "crime", "delict")  # also within a word, as in “mainoffence”


@dataclass(frozen=True)
class Coming:
    """One line: where and under which reference, the booking, or what is wrong, field by field."""

    line: int
    reference: str = ""
    centre_id: UUID | None = None
    booking: BookingDetails | None = None
    wrong: Sequence[str] = ()


def check_columns(columns: Sequence[str]) -> None:
    """Nothing of an alleged offence comes in, not even to be passed over. Raises NoTable."""
    if found := [name for name in columns if is_of_an_offence(name)]:
        raise NoTable(
            f"The column “{found[0]}” is about an alleged offence, and nothing of that is held "
            "here. Export the file without it. Nothing was stored"
        )


def is_of_an_offence(column: str) -> bool:
    """Whether a column, by its plain name, holds something of an alleged offence."""
    words = column.split()
    return any(part in column for part in HAS) or any(w.startswith(BEGINS) for w in words)
