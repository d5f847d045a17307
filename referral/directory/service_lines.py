"""Services as a register exports them: which columns are read, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral.web.tables import Columns

if TYPE_CHECKING:
    from referral.directory.actions import ServiceDetails

# an address at which a service answers is typed on its own page, where it is proved
COLUMNS = Columns(
    {
        "organisation": ("organisation", "provider"),
        "name": ("service", "name"),
        "needs": ("needs",),
        "councils": ("councils", "council"),
        "sexes": ("for",),
        "minimum_age": ("lowest age", "minimum age"),
        "maximum_age": ("highest age", "maximum age"),
        "phone": ("phone", "phone number"),
        "address": ("address",),
        "eligibility": ("who it takes", "eligibility"),
        "how_to_refer": ("how to refer",),
    },
    ("organisation", "name", "needs"),
)


@dataclass(frozen=True)
class ComingService:
    """One line: a service of an organisation by its name, or what is wrong, field by field."""

    line: int
    organisation: str = ""
    name: str = ""
    details: ServiceDetails | None = None
    wrong: Sequence[str] = ()
