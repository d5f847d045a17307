"""Programs come with a token, never a cookie; each error is answered as a problem document."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, json, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from referral.access.guard import acting, signed_in
from referral.access.permissions import Permission
from referral.accounts.users.key_actions import note_token
from referral.accounts.users.models import USE_IS_KEPT, ApiToken
from referral.clock import now
from referral.db import db
from referral.errors import RuleBroken
from referral.locks import is_reading, writing

PREFIX = "/api/"
PROBLEM = "application/problem+json"
SENTENCES = {
    401: "Send a valid token in the Authorization header: Bearer ar_…",
    403: "This token does not allow that.",
    404: "This record does not exist, or you may not see it.",
    405: "This address does not accept that method.",
    415: "Send JSON.",
    422: "Something in the request is wrong. See errors.",
}


def allows(permission: Permission) -> Callable[..., Any]:
    """Let in only a token whose maker holds the permission; 401 and 403 for the others."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*values: Any, **named: Any) -> Any:
            if not signed_in():
                abort(401)
            if not acting().may(permission):
                abort(403)
            _note_use()
            return view(*values, **named)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.recorded = True  # type: ignore[attr-defined]
        return guarded

    return guard


def _note_use() -> None:
    token = db.session.get_one(ApiToken, current_user.id)
    at = now()
    if not is_reading():
        note_token(token, at)
    elif token.used_at is None or at - token.used_at >= USE_IS_KEPT:
        with writing():
            note_token(token, at)


def for_programs() -> bool:
    """Whether this request comes to the API."""
    return request.path.startswith(PREFIX)


def problem(error: HTTPException | RuleBroken) -> Response:
    """The answer for a program: problem+json (RFC 9457), without a trace or a record's content."""
    if isinstance(error, RuleBroken):
        status, title, detail = error.status, type(error).__name__, error.sentence
    else:
        status = error.code or 500
        title = error.name
        detail = SENTENCES.get(status, "Something went wrong.")
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    body["detail"] = detail
    messages = (getattr(error, "data", None) or {}).get("messages")
    if messages:
        body["errors"] = messages
    answer = Response(json.dumps(body), status, mimetype=PROBLEM)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer
