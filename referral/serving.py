"""How a request reads and writes: what it looked at is in the trail before its answer leaves."""

from flask import Flask, Response, current_app, g, has_request_context, request
from flask.signals import before_render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from referral.api.guard import for_programs, problem
from referral.audit.trail import forget, is_waiting
from referral.db import db
from referral.demo.queries import is_demo
from referral.locks import Busy, begin_reading, changes_nothing, is_busy, is_reading, writing
from referral.web.way_back import NEVER_KEPT

SOON = {"Retry-After": "5"}
UNTOUCHED = frozenset({"GET", "HEAD", "OPTIONS"})


def serve(app: Flask) -> None:
    """Requests of this application read until they must write, and record before they answer."""
    app.before_request(_begin)
    app.after_request(_record_first)
    app.teardown_request(_end)
    app.register_error_handler(DBAPIError, _gave_up)
    before_render_template.connect(_let_go, app)


def _begin() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in UNTOUCHED or getattr(view, "reads", False):
        begin_reading()


def _let_go(sender: Flask, **context: object) -> None:
    """A page is drawn, when a request has done its deed: nobody waits for the drawing."""
    del sender, context
    if has_request_context() and not is_reading():
        db.session.commit()
        begin_reading()


def _record_first(response: Response) -> Response:
    """The trail first, in a transaction of its own; what cannot be recorded is not shown."""
    if changes_nothing():
        forget()
    if not is_waiting():
        return response
    try:
        with writing():
            pass  # its commit takes what was noted into the chain
    except DBAPIError as error:
        response.close()
        return current_app.make_response(_say_busy(error))
    return response


def _end(error: BaseException | None) -> None:
    """Roll back uncommitted writes, so that the next request begins afresh."""
    del error
    db.session.rollback()
    g.pop("only_reads", None)


def _gave_up(error: DBAPIError) -> ResponseReturnValue:
    if not is_busy(error):
        raise error
    return _say_busy(error)


def _say_busy(error: DBAPIError) -> ResponseReturnValue:
    """A page with everything that was typed, to send again by one press; it shows nobody's data."""
    facts = {"request": g.get("request_id"), "endpoint": request.endpoint}
    current_app.logger.warning("database busy", extra={"facts": facts}, exc_info=error)
    busy = Busy()
    db.session.rollback()
    begin_reading()
    if for_programs():
        answer = problem(busy)
        answer.headers.update(SOON)
        return answer
    typed = typed_again()
    plain = current_app.jinja_env.get_template("errors/busy.html")  # nothing around it is loaded
    page = plain.render(sentence=busy.sentence, typed=typed, demo=is_demo())
    return page, busy.status, SOON


def typed_again() -> list[tuple[str, str]]:
    """The fields that were sent, by name, to send again; empty if one of them may not be kept."""
    sent = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
    secret = NEVER_KEPT - {"submit_key"}
    return [] if any(name in secret and value for name, value in sent) else sent
