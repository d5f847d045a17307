"""The guard that stands on every page: no view runs without a permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import abort, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.web import submit_keys

View = Callable[..., ResponseReturnValue]


def acting() -> Actor:
    """The actor of this request. The only reader of the login library's current user."""
    return cast(Actor, current_user.actor)


def signed_in() -> bool:
    """Whether this request comes from somebody who signed in."""
    return bool(current_user.is_authenticated)


def requires(
    permission: Permission, *, recorded: bool = False, keyed: bool = True, reads: bool = False
) -> Callable[[View], View]:
    """Let in only who holds the permission; send strangers to sign in, others get 403.

    `recorded` marks a page whose reading is itself an audit event. A form that makes no record
    when it is sent (a draft, a look-up) is not `keyed`; one that only looks something up `reads`.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            if not signed_in():
                return cast(ResponseReturnValue, current_app.login_manager.unauthorized())  # type: ignore[attr-defined]
            if not acting().may(permission):
                abort(403)
            if (
                keyed
                and request.method == "POST"
                and (earlier := submit_keys.claim(acting().user_id))
            ):
                return redirect(earlier, 303)
            return view(**arguments)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.recorded = recorded  # type: ignore[attr-defined]
        guarded.reads = reads  # type: ignore[attr-defined]
        return guarded

    return guard


def public(view: View) -> View:
    """Mark a view that needs no sign-in; a test lists these by name."""
    view.permission = None  # type: ignore[attr-defined]
    return view
