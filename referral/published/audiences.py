"""For whom numbers are made, and how small one may be before it points at somebody.

Thresholds as proposed for Scotland's public bodies: ten for everybody, five for partners under an
agreement, none for those who work with the people themselves.
"""

from collections.abc import Mapping
from enum import StrEnum


class Audience(StrEnum):
    """Who reads a report."""

    PUBLIC = "public"
    PARTNER = "partner"
    OWN = "own"


THRESHOLDS: Mapping[Audience, int] = {Audience.PUBLIC: 10, Audience.PARTNER: 5, Audience.OWN: 0}
