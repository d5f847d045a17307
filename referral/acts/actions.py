"""Remember what an act changes, and put it back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from referral.access.actor import Actor
from referral.acts.kinds import ActKind
from referral.acts.models import Act, ActValue
from referral.acts.queries import values_of
from referral.acts.values import read, written
from referral.db import Identified, Model, db
from referral.errors import RuleBroken

REMEMBERING = "remembered_acts"
NOT_OURS = frozenset({"act", "act_value", "version", "order"})
FIRST = "due_at"  # a new due time starts the steps anew, so they are put back after it


class Undone(RuleBroken):
    """Somebody has taken that back already. Look at how it stands now."""

    status = 409


@dataclass
class Notes:
    """What has been changed so far: first value before, last value after, by row and column."""

    changed: dict[tuple[str, UUID, str], tuple[Any, Any]] = field(default_factory=dict)
    added: dict[tuple[str, UUID], Identified] = field(default_factory=dict)
    removed: dict[tuple[str, UUID], dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Remembered:
    """Which act, about which record, in what words, why; and what was typed."""

    kind: ActKind
    about_id: UUID | None = None
    what: str = ""
    why: str = ""
    said: Mapping[str, Any] | None = None


@contextmanager
def remembering(details: Remembered, by: Actor, at: datetime) -> Iterator[Act]:
    """Everything that is changed, added or removed inside belongs to the act.

    What it is about may come into being inside: the act is written down at the end.
    """
    said = {name: written(value) for name, value in (details.said or {}).items()}
    act = Act(
        kind=details.kind,
        about_id=details.about_id,
        what=details.what,
        why=details.why,
        said=said or None,
        by_id=by.user_id,
        by_name=by.name,
        done_at=at,
    )
    notes = Notes()
    open_notes = db.session.info.setdefault(REMEMBERING, [])
    open_notes.append(notes)
    try:
        yield act
        db.session.flush()
    finally:
        open_notes.remove(notes)
    db.session.add(act)
    db.session.flush()
    _keep(act, notes)


def put_back(act: Act, why: str, by: Actor, at: datetime, adds: Collection[type] = ()) -> None:
    """Each value that nobody changed since is what it was; rows of `adds` that it added are gone.

    What it added otherwise stays: it happened. Raises Undone.
    """
    if act.undone_at:
        raise Undone
    act.undo(why, by.user_id, at)
    values = values_of(act.id)
    for value in [value for value in values if not value.column]:
        _row_back(value, adds)
    db.session.flush()
    for value in sorted((v for v in values if v.column), key=_due_first):
        row = _row(value)
        if row is not None and _goes_back(row, value):
            setattr(row, value.column, read(value.before))
    db.session.flush()


def _goes_back(row: Any, value: ActValue) -> bool:
    """Whether nobody changed it since, and it still means something where the row stands now."""
    as_left = getattr(row, value.column) == read(value.after)
    return as_left and value.column not in getattr(row, "says_no_more", ())


def _row_back(value: ActValue, adds: Collection[type]) -> None:
    row = _row(value)
    if row is not None and value.before is None and type(row) in adds:
        db.session.delete(row)
    elif row is None and value.after is None:
        said = {name: read(one) for name, one in value.before.items()}
        db.session.add(_table(value.place)(**said))


def _row(value: ActValue) -> Any:
    return db.session.get(_table(value.place), value.row_id)


def _table(place: str) -> type[Any]:
    found = [m.class_ for m in Model.registry.mappers if m.local_table.name == place]  # type: ignore[attr-defined]
    return found[0]


def _due_first(value: ActValue) -> tuple[str, UUID, bool, str]:
    return value.place, value.row_id, value.column != FIRST, value.column


def _keep(act: Act, notes: Notes) -> None:
    rows = [
        ActValue(place=place, row_id=number, column=name, before=written(old), after=written(new))
        for (place, number, name), (old, new) in notes.changed.items()
        if old != new and (place, number) not in notes.added
    ]
    rows += [
        ActValue(place=place, row_id=number, before=None, after=_whole(row))
        for (place, number), row in notes.added.items()
    ]
    rows += [
        ActValue(place=place, row_id=number, before=whole, after=None)
        for (place, number), whole in notes.removed.items()
    ]
    for row in rows:
        row.act_id = act.id
    db.session.add_all(rows)
    db.session.flush()


def _whole(row: Any) -> dict[str, Any]:
    columns = inspect(type(row)).column_attrs
    return {column.key: written(getattr(row, column.key)) for column in columns}


@event.listens_for(Session, "after_flush")
def _note(session: Session, context: object) -> None:
    """What was new, changed and removed still stands there as it was before the flush."""
    del context
    for notes in session.info.get(REMEMBERING, ()):
        _note_rows(session, notes)


def _note_rows(session: Session, notes: Notes) -> None:
    for row in _ours(session.dirty):
        for name, old, new in _changes(row):
            key = (row.__tablename__, row.id, name)
            first, _ = notes.changed.get(key, (old, None))
            notes.changed[key] = (first, new)
    for row in _ours(session.new):
        notes.added[row.__tablename__, row.id] = row
    for row in _ours(session.deleted):
        notes.removed[row.__tablename__, row.id] = _whole(row)


def _ours(rows: Any) -> Sequence[Any]:
    return [r for r in rows if isinstance(r, Identified) and r.__tablename__ not in NOT_OURS]  # type: ignore[attr-defined]


def _changes(row: Any) -> Iterator[tuple[str, Any, Any]]:
    state = inspect(row)
    for column in inspect(type(row)).column_attrs:
        history = state.attrs[column.key].load_history()
        ours = column.key not in NOT_OURS and not column.columns[0].info.get("worked_out")
        if ours and history.has_changes() and history.added:
            yield column.key, (history.deleted or (None,))[0], history.added[0]
