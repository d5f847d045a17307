"""Every address, asked in every way by everybody: as endpoints.csv says.

A new route needs its lines there, and so does every change of who may do what: `make access-table`
writes them, and whoever does it reads the difference.
"""

import pytest
from access.walking import COLUMNS, Site, cell, lines, read, shown, walk
from access.world import build

WAYS = ("GET", "POST")
sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def site(app) -> Site:
    """Both places, and everybody signed in."""
    with app.app_context():
        places = build()
    return Site(app, places)


@sqlite_alone  # 4,300 requests; the engine has no part in who may do what
@pytest.mark.parametrize("method", WAYS)
def test_everybody_may_do_what_the_table_says_and_nothing_else(site, method):
    written = {tuple(row[:3]): row[3:] for row in read() if row[0] == method}
    found = {tuple(row[:3]): row[3:] for row in walk(site, method)}
    assert found.keys() == written.keys()
    different = [
        f"{' '.join(line)}: {who} is answered {now}, the table says {then}"
        for line, cells in found.items()
        for who, now, then in zip(COLUMNS, cells, written[line], strict=True)
        if now != then
    ]
    assert different == [], "\n".join(different)


def test_every_route_and_method_stands_in_the_table_once(app):
    """Also those of a method that is walked by no test."""
    known = [tuple(row[:3]) for row in read()]
    assert known == [(method, shown(rule), of) for method, rule, of in lines(app)]
    assert {method for method, _, _ in known} == set(WAYS)


@sqlite_alone
def test_the_walk_tells_the_four_answers_apart(app, site):
    """Else the table would agree with anything."""
    rule = next(rule for _, rule, _ in lines(app) if rule.endpoint == "casefile.case")
    worker = "arrest referral worker"
    assert cell(site.ask(worker, "GET", rule, "own")) == "in"
    assert cell(site.ask(worker, "GET", rule, "foreign")) == "404"
    assert cell(site.ask("peer mentor", "GET", rule, "own")) == "403"
    assert cell(site.ask("stranger", "GET", rule, "own")) == "door"


def test_the_headers_forbid_other_hosts_and_keeping_a_copy(app):
    answer = app.test_client().get("/sign-in")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_host_is_refused(app):
    assert app.test_client().get("/sign-in", headers={"Host": "evil.example"}).status_code == 400
