"""One line of JSON for each request, without anything about a person: no address, name or body."""

import json
import logging
import sys
import time
import uuid

from flask import Flask, Response, g, request

LOG = logging.getLogger("referral.requests")


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


def log_requests(app: Flask) -> None:
    """Each answer leaves a line; each request carries a random number that the error page shows."""
    if not app.logger.handlers or not isinstance(app.logger.handlers[0].formatter, JsonLines):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        app.logger.handlers = LOG.handlers = [handler]
        LOG.setLevel(logging.INFO)
        LOG.propagate = False

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = uuid.uuid4().hex, time.perf_counter()

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
            LOG.info("answered", extra={"facts": facts})
        return response
