"""Values of a row as JSON keeps them, so that each can be put back exactly."""

from datetime import date, datetime
from typing import Any
from uuid import UUID


def written(value: Any) -> Any:
    """A value as JSON keeps it, so that it can be put back exactly."""
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, UUID):
        return {"number": str(value)}
    if isinstance(value, tuple):
        return {"codes": list(value)}
    return value


def read(kept: Any) -> Any:
    """The value that was written."""
    if not isinstance(kept, dict):
        return kept
    if "moment" in kept:
        return datetime.fromisoformat(kept["moment"])
    if "codes" in kept:
        return tuple(kept["codes"])
    return date.fromisoformat(kept["day"]) if "day" in kept else UUID(kept["number"])
