"""What the published counts say of an ADP in a period: a sum where all of it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from referral.official.daisy import Cell, is_total
from referral.official.spans import Span


@dataclass(frozen=True)
class SourceFile:
    """The file that a count is from: its name, what tells it from others, when it was taken in."""

    name: str
    digest: str
    imported_at: datetime


@dataclass(frozen=True)
class Justice:
    """Referrals from criminal justice in a period; null where a part is hidden or not held.

    `codes` say why parts are hidden, `missing` are the quarters that nobody has taken in. A period
    that quarters do not make up exactly has no number, no part and no file.
    """

    number: int | None
    codes: Sequence[str] = ()
    missing: Sequence[Span] = ()
    files: Sequence[SourceFile] = ()


def added_up(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of one ADP and quarter that together are all of it, each counted once.

    That is the line of all services and substances where there is one; else of each service its
    line of all substances, or those of each substance.
    """
    whole = [one for one in cells if is_total(one.service) and is_total(one.substance)]
    if whole:
        return whole
    named = [one for one in cells if not is_total(one.service)] or cells
    services = dict.fromkeys(one.key[2] for one in named)
    return [one for service in services for one in _of_service(service, named)]


def _of_service(service: str, cells: Sequence[Cell]) -> Sequence[Cell]:
    of_it = [one for one in cells if one.key[2] == service]
    return [one for one in of_it if is_total(one.substance)] or of_it
