"""One line of JSON for each request, without anything about a person: no address, name or body."""

import json
import logging
import sys
import time
import uuid
from typing import Any

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from referral.web.origin import ForeignOrigin

LOG = logging.getLogger("referral.requests")
OURS = (CSRFError, ForeignOrigin, SecurityError)  # what these say is never of a person
LONGEST = 200


class LoggedFlask(Flask):
    """An application whose log says why a request was refused or failed, and never its path.

    The path of a link opens it, so it stands in no line.
    """

    def handle_user_exception(self, e: Exception) -> HTTPException | ResponseReturnValue:
        """Whatever is raised passes here first: its cause is kept for the request's line."""
        if "cause" not in g:
            name = type(e).__name__
            because(f"{name}: {e.description}" if isinstance(e, OURS) else name)
        return super().handle_user_exception(e)

    def log_exception(self, exc_info: Any) -> None:
        """Log an unforeseen error: its kind and place, under the number of its request."""
        facts = {"request": g.get("request_id"), "endpoint": request.endpoint}
        self.logger.error("failed", exc_info=exc_info, extra={"facts": facts})


def because(cause: str) -> None:
    """Say in the log why this request is refused; nothing of a person, no path."""
    g.cause = cause[:LONGEST]


class JsonLines(logging.Formatter):
    """A record as one line of JSON; of an exception only its kind and where it was raised."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {"at": self.formatTime(record), "level": record.levelname}
        line["event"] = record.msg if isinstance(record.msg, str) else "record"
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            frames = record.exc_info[2]
            while frames and frames.tb_next:
                frames = frames.tb_next
            if frames:
                line["where"] = f"{frames.tb_frame.f_code.co_qualname}:{frames.tb_lineno}"
        return json.dumps(line)


def _write_lines(app: Flask) -> None:
    if app.logger.handlers and isinstance(app.logger.handlers[0].formatter, JsonLines):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    app.logger.handlers = LOG.handlers = [handler]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def log_requests(app: Flask) -> None:
    """Each answer leaves a line under a random number; what was refused says its cause."""
    _write_lines(app)

    @app.before_request
    def begin() -> None:
        g.request_id = uuid.uuid4().hex
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if request.endpoint != "static":
            facts = {
                "request": g.get("request_id"),
                "method": request.method,
                "endpoint": request.endpoint,
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            }
            if response.status_code >= 400 and "cause" in g:
                facts["cause"] = g.cause
            LOG.info("answered", extra={"facts": facts})
        return response
