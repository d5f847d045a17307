"""Values that a process keeps for a while instead of asking again: never anything of a person."""

from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import Any, TypeVar

from flask import current_app

from referral.clock import now

T = TypeVar("T")


def kept(key: Hashable, lasts: timedelta, make: Callable[[], T]) -> T:
    """The value made under a key, as long as it lasts in this process; else it is made anew."""
    store = _store()
    at = now()
    made_at, found = store.get(key, (None, None))
    if made_at is None or not made_at <= at < made_at + lasts:
        found = make()
        store[key] = at, found
    return found  # type: ignore[no-any-return]


def forget(key: Hashable) -> None:
    """It is not true any more."""
    _store().pop(key, None)


def _store() -> dict[Hashable, tuple[Any, Any]]:
    store: dict[Hashable, tuple[Any, Any]] = current_app.extensions.setdefault("kept", {})
    return store
