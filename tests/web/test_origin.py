"""What another site makes a browser send is refused, and the log says why, but not of whom."""

import json
import logging

import pytest
from conftest import Browser, hidden_fields
from flask import Flask
from safe import PRODUCTION
from werkzeug.routing import IntegerConverter

from referral.app import create_app
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.settings import Settings
from referral.web.logs import LOG, JsonLines

OWN, FOREIGN = "http://localhost", "https://evil.example"
LINK = "secret-text-of-a-link"


class Lines(logging.Handler):
    """Keeps what the log would print."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: list[dict[str, object]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """One more line."""
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def log(app: Flask):
    kept = Lines()
    for logger in (LOG, app.logger):
        logger.addHandler(kept)
    yield kept
    for logger in (LOG, app.logger):
        logger.removeHandler(kept)


@pytest.fixture
def production(database: str, tmp_path):
    app = create_app(Settings(database, mailbox=str(tmp_path), **PRODUCTION))
    app.test_client_class = Browser
    yield app.test_client()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 303),  # a program that is no browser
        ({"Origin": OWN}, 303),
        ({"Origin": OWN, "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": FOREIGN}, 403),
        ({"Origin": "https://localhost"}, 403),  # not where the page came from
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": OWN, "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": FOREIGN, "Sec-Fetch-Site": "same-origin"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_a_form_with_its_right_token_is_taken_from_our_own_pages_alone(app, said, status):
    app.test_client_class = Browser
    browser = app.test_client()
    form = hidden_fields(browser.get("/sign-in").text)
    form |= {"email": "custody.officer@example.org", "password": PASSWORD}
    answer = browser.post("/sign-in", data=form, headers=said)
    assert answer.status_code == status
    assert ("sent from another site" in answer.text) is (status == 403)


def test_no_view_of_any_method_is_left_out(app):
    """The pages behind links and the programs' addresses too, which carry no token."""
    browser = app.test_client()
    for rule in app.url_map.iter_rules():
        path = rule.build({name: _some(name, rule) for name in rule.arguments})[1]
        for method in rule.methods - {"GET", "HEAD", "OPTIONS"}:
            sent = browser.open(path, method=method, headers={"Origin": FOREIGN})
            assert sent.status_code == 403, (method, path)


def _some(name: str, rule) -> object:
    converter = rule._converters[name]
    if isinstance(converter, IntegerConverter):
        return 1
    return next(iter(getattr(converter, "items", ())), "00000000-0000-0000-0000-000000000000")


@pytest.mark.parametrize(
    ("path", "sent", "status", "cause"),
    [
        ("/sign-in", {"headers": {"Origin": FOREIGN}}, 403, f"ForeignOrigin: Origin {FOREIGN}"),
        ("/sign-in", {}, 400, "CSRFError: The CSRF token is missing."),
        ("/sign-in", {"data": {"email": "x" * 300_000}}, 413, "RequestEntityTooLarge"),
        ("/sign-in", {"base_url": "http://wrong.example"}, 400, "SecurityError: Host 'wrong"),
        (f"/a/{LINK}/still", {}, 404, "dead link"),
        (f"/w/{LINK}", {}, 404, "dead link"),
        (f"/join/{LINK}", {}, 400, "CSRFError"),
    ],
)
def test_what_is_refused_says_its_cause_in_the_log(app, log, path, sent, status, cause):
    assert app.test_client().post(path, **sent).status_code == status
    line = log.lines[-1]
    assert line["cause"].startswith(cause)
    assert line["status"] == status
    assert line["request"]
    assert LINK not in json.dumps(log.lines)


def test_what_is_answered_names_no_cause(app, log):
    assert app.test_client().get("/sign-in").status_code == 200
    assert "cause" not in log.lines[-1]


def test_an_exception_behind_a_link_does_not_write_the_link_into_the_log(app, log):
    app.testing = False
    app.view_functions["by_link.page"] = lambda text: 1 / 0
    answer = app.test_client().get(f"/a/{LINK}")
    assert answer.status_code == 500
    failed, answered = log.lines[-2:]
    assert failed["exception"] == "ZeroDivisionError"
    assert failed["endpoint"] == answered["endpoint"] == "by_link.page"
    assert failed["request"] == answered["request"]
    assert f"Number: {failed['request']}" in answer.text
    assert LINK not in json.dumps(log.lines)


def test_a_wrong_host_name_says_where_its_operator_finds_the_cause(app, log):
    answer = app.test_client().get("/sign-in", base_url="http://wrong.example")
    assert answer.status_code == 400
    assert "does not answer to that address" in answer.text
    assert str(log.lines[-1]["request"]) in answer.text
    assert "wrong.example" not in answer.text


def test_production_names_its_cookies_so_that_no_other_host_can_plant_them(production):
    page = production.get("/sign-in", base_url="https://referral.test")
    (cookie,) = page.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie.split("; ")
    assert "Domain" not in cookie


def test_production_tells_browsers_to_come_by_https_alone_even_where_it_refuses(production):
    for path in ("/sign-in", "/no-such-page", "/static/app.js"):
        with production.get(path, base_url="https://referral.test") as answer:
            https_only = answer.headers["Strict-Transport-Security"]
        assert https_only == "max-age=31536000; includeSubDomains"


def test_in_production_the_origin_is_https_though_the_proxy_says_nothing(production):
    form = hidden_fields(production.get("/sign-in", base_url="https://referral.test").text)
    token = {"data": form, "base_url": "http://referral.test"}
    refused = production.post("/sign-in", headers={"Origin": "http://referral.test"}, **token)
    assert refused.status_code == 403
    taken = production.post("/sign-in", headers={"Origin": "https://referral.test"}, **token)
    assert taken.status_code != 403
