"""A told report and its entry in the register, as they are kept: JSON that is read back alike."""

import hashlib
import json
from collections.abc import Hashable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from referral.published.audiences import Audience
from referral.published.cells import AtMost, Sum
from referral.published.register import Release
from referral.published.tables import About, Code, Column, Number, Row, Table, Told


def kept(told: Told) -> str:
    """The told report as text, the same for the same report."""
    return json.dumps(asdict(told), default=str, sort_keys=True, ensure_ascii=False)


def fingerprint(text: str) -> str:
    """Sixteen signs by which an edition is known: they change when anything in it changes."""
    found = hashlib.sha256(text.encode()).hexdigest()[:16]
    return " ".join(found[place : place + 4] for place in range(0, 16, 4))


def told_again(text: str) -> Told:
    """The report that was kept."""
    found = json.loads(text)
    about = found["about"]
    for name in ("first", "last"):
        about[name] = date.fromisoformat(about[name])
    for name in ("as_at", "made_at"):
        about[name] = datetime.fromisoformat(about[name])
    about["audience"] = Audience(about["audience"])
    return Told(
        About(**about),
        tuple(_table(table) for table in found["tables"]),
        tuple(found["sentences"]),
        found["definitions"],
        tuple(found["notes"]),
    )


def _table(found: dict[str, Any]) -> Table[Number]:
    columns = tuple(Column(**column) for column in found.pop("columns"))
    rows = tuple(
        Row(row["code"], row["title"], tuple(_number(cell) for cell in row["cells"]))
        for row in found.pop("rows")
    )
    notes = tuple(found.pop("notes"))
    return Table(columns=columns, rows=rows, notes=notes, **found)


def _number(found: dict[str, Any]) -> Number:
    return Number(found["value"], Code(found["code"]))


def titles_kept(titles: Mapping[str, str]) -> str:
    """The titles of tables by their codes as text."""
    return json.dumps(titles, ensure_ascii=False)


def titles_again(text: str) -> dict[str, str]:
    """The titles that were kept; none where none were."""
    return {str(code): str(title) for code, title in json.loads(text or "{}").items()}


def release_kept(release: Release) -> str:
    """The entry of the register as text."""
    number = {key: place for place, key in enumerate(release.counts)}
    return json.dumps(
        {
            "counts": [[_listed(key), count] for key, count in release.counts.items()],
            "shown": sorted(number[key] for key in release.shown),
            "sums": [[number[s.whole], [number[one] for one in s.parts]] for s in release.sums],
            "bounds": [[number[b.less], [number[one] for one in b.more]] for b in release.bounds],
            "parents": [[number[key], number[of]] for key, of in release.parents.items()],
        }
    )


def release_again(text: str) -> Release:
    """The entry that was kept."""
    found = json.loads(text)
    keys = [tuple(key) for key, _ in found["counts"]]
    return Release(
        {key: count for key, (_, count) in zip(keys, found["counts"], strict=True)},
        frozenset(keys[place] for place in found["shown"]),
        tuple(Sum(keys[w], tuple(keys[one] for one in parts)) for w, parts in found["sums"]),
        tuple(AtMost(keys[less], tuple(keys[o] for o in more)) for less, more in found["bounds"]),
        {keys[key]: keys[of] for key, of in found["parents"]},
    )


def _listed(key: Hashable) -> list[str]:
    assert isinstance(key, tuple)  # noqa: S101 - a cell of a report is named by a tuple
    return list(key)
