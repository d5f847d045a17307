"""The published contract of the API: what it says of errors, keys and repeated writes."""

from typing import Any

from flask import Flask
from flask_smorest import Api

from referral.api.guard import PROBLEM
from referral.api.schemas import ProblemOut

IDEMPOTENCY_KEY: dict[str, Any] = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "format": "uuid"},
    "description": "A new UUID for each write, plain or in quotation marks. The same write sent"
    " twice with it is done once; another write with it is refused (422).",
}
TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token that a manager of the service made: ar_…",
}


class Documents(Api):
    """The contract, without the library's own error pages: ours answer pages and programs alike."""

    ERROR_SCHEMA = ProblemOut

    def _register_error_handlers(self) -> None:
        pass

    def _register_responses(self) -> None:
        """Every error is problem+json; what succeeds stays plain JSON."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = PROBLEM
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE


def publish(app: Flask) -> Documents:
    """The contract of this application at /api/openapi.json, still without its endpoints."""
    app.config.update(
        API_TITLE="Arrest referral",
        API_VERSION="v1",
        OPENAPI_VERSION="3.0.3",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "security": [{"token": []}],
            "components": {"securitySchemes": {"token": TOKEN}},
        },
    )
    return Documents(app)
