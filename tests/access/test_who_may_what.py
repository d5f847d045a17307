"""Every address, looked at by everybody: as endpoints.csv says.

A new route needs its lines there, and so does every change of who may do what: `make access-table`
writes them, and whoever does it reads the difference.
"""

import pytest
from access.walking import COLUMNS, cell, lines, read, shown, walk

sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@sqlite_alone  # 1,800 requests; the engine has no part in who may see what
def test_everybody_sees_what_the_table_says_and_nothing_else(site):
    written = {tuple(row[:2]): row[2:] for row in read()}
    found = {tuple(row[:2]): row[2:] for row in walk(site)}
    assert found.keys() == written.keys()
    different = [
        f"{' '.join(line)}: {who} is answered {now}, the table says {then}"
        for line, cells in found.items()
        for who, now, then in zip(COLUMNS, cells, written[line], strict=True)
        if now != then
    ]
    assert different == [], "\n".join(different)


def test_every_page_stands_in_the_table_once_and_nothing_is_asked_in_a_third_way(app):
    """What is sent stands in deeds.csv."""
    known = [tuple(row[:2]) for row in read()]
    assert known == [(shown(rule), of) for method, rule, of in lines(app) if method == "GET"]
    assert {method for method, _, _ in lines(app)} == {"GET", "POST"}


@sqlite_alone
def test_the_walk_tells_the_four_answers_apart(app, site):
    """Else the table would agree with anything."""
    rule = next(rule for _, rule, _ in lines(app) if rule.endpoint == "casefile.case")
    worker = "arrest referral worker"
    assert cell(site.ask(worker, rule, "own")) == "in"
    assert cell(site.ask(worker, rule, "foreign")) == "404"
    assert cell(site.ask("peer mentor", rule, "own")) == "403"
    assert cell(site.ask("stranger", rule, "own")) == "door"


def test_the_headers_forbid_other_hosts_and_keeping_a_copy(app):
    answer = app.test_client().get("/sign-in")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_host_is_refused(app):
    assert app.test_client().get("/sign-in", headers={"Host": "evil.example"}).status_code == 400
