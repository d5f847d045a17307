"""Every form of every page that is about something, sent back just as it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from access.walking import COLUMNS, Site, lines, read, shown
from bs4 import Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, Table, event, select
from support.html import fields
from support.html import read as parse
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from referral.db import db

SHOWN = "input:not([type=hidden]):not([type=submit]), textarea, select"
# what any request may write: who looks, when; keys of forms; the trail
ALWAYS = frozenset({"audit_event", "audit_head", "submit_key", "sign_in", "own_visit", "kept_form"})
Rows = Mapping[tuple, tuple]


@dataclass(frozen=True)
class Found:
    """A form on a page: who had it, where it leads, by which rule, what it sends.

    `names` are the fields in which there is something to type or choose.
    """

    who: str
    page: str
    action: str
    rule: str
    sent: Mapping[str, object]
    names: frozenset[str]

    @property
    def shows(self) -> bool:
        """Whether there is something to type or choose."""
        return bool(self.names)


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """Who may open what, with each record of the place that an address may name.

    A list is opened by everybody who may, the page of a record by the first two of them, that of
    another record by the first. Who is answered 404 may open the page of another one perhaps.
    """
    rules = {shown(rule): rule for method, rule, _ in lines(site.app) if method == "GET"}
    for address, of, *cells in read():
        if of == "foreign" or address.endswith((".pdf", ".csv")):
            continue
        cell = "in" if "in" in cells else "404"
        who = [name for name, one in zip(COLUMNS, cells, strict=True) if one == cell]
        first, *others = dict.fromkeys(addresses(site, rules[address]))
        yield from ((name, first) for name in (who[:2] if of else who))
        yield from ((name, other) for other in others for name in who[:1])


def addresses(site: Site, rule: Rule) -> Iterator[str]:
    """The address of a page, with each record in turn that its name may stand for."""
    yield site.address(rule, "own")
    known = site.places["own"]
    for name in sorted(rule.arguments):
        for key in known:
            if key.startswith(f"{name}-"):
                yield site.address(rule, "own", {name: known[key]})


def forms(site: Site, who: str, page: str) -> list[Found]:
    """The forms of a page that write."""
    browser = site.visitors[who]
    browser._cookies = dict(site.cookies[who])
    answer = FlaskClient.open(browser, page, buffered=True)
    if answer.status_code != 200 or answer.mimetype != "text/html" or "<form" not in answer.text:
        return []
    written = parse(answer.text).select("form[method=post]")
    leads = [urljoin(page, form.get("action") or page) for form in written]
    return [
        Found(who, page, to, leads_to(site, to), sent_by(form), names(form))
        for form, to in zip(written, leads, strict=True)
    ]


def names(form: Tag) -> frozenset[str]:
    """The names of the fields that a form shows."""
    return frozenset(str(field["name"]) for field in form.select(SHOWN) if field.has_attr("name"))


def sent_by(form: Tag) -> dict[str, object]:
    """What the form sends, untouched, when it is saved: by its button without a name, if any."""
    if form.select_one("button:not([name])"):
        return fields(form)
    button = form.select_one("button[name]")
    return fields(form) | ({button["name"]: button.get("value", "")} if button else {})


def leads_to(site: Site, action: str) -> str:
    """The rule of an address, as the table writes it."""
    urls = site.app.url_map.bind("localhost")
    rule, _ = urls.match(urlsplit(action).path, method="POST", return_rule=True)
    return shown(rule)


@dataclass
class Ledger:
    """All that is written down in a database, and what a request changed of it."""

    app: Flask
    kept: dict[str, Rows] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._note)
        self.kept = {name: self._rows(table) for name, table in db.metadata.tables.items()}
        self.touched.clear()

    def close(self) -> None:
        """Listen no more."""
        event.remove(Engine, "before_cursor_execute", self._note)

    def _note(self, connection, cursor, statement, values, context, executemany) -> None:
        words = statement.split(None, 3)
        if words[0] == "UPDATE":
            self.touched.add(words[1].strip('"'))
        elif words[0] in {"INSERT", "DELETE"}:
            self.touched.add(words[2].strip('"'))

    def _rows(self, table: Table) -> Rows:
        wanted = [column for column in table.columns if column.name != "version"]
        key = [wanted.index(column) for column in table.primary_key]
        with self.app.app_context(), db.engine.connect() as connection:
            found = connection.execute(select(*wanted))
            return {tuple(row[place] for place in key): tuple(row) for row in found}

    def changes(self) -> list[str]:
        """What was written since the last look, by table and column."""
        found: list[str] = []
        for name in sorted(self.touched - ALWAYS):
            table = db.metadata.tables[name]
            now = self._rows(table)
            found += differences(table, self.kept[name], now)
            self.kept[name] = now
        self.touched.clear()
        return found


def differences(table: Table, before: Rows, now: Rows) -> list[str]:
    """What differs between two states of a table; a row that only has another version does not."""
    columns = [column.name for column in table.columns if column.name != "version"]
    found = {f"{table.name} +" for key in now.keys() - before.keys()}
    found |= {f"{table.name} -" for key in before.keys() - now.keys()}
    for key in now.keys() & before.keys():
        pairs = zip(columns, before[key], now[key], strict=True)
        found |= {f"{table.name}.{column}" for column, was, is_now in pairs if was != is_now}
    return sorted(found)


def send(site: Site, form: Found) -> TestResponse:
    """The form, just as it stands."""
    browser = site.visitors[form.who]
    browser._cookies = dict(site.cookies[form.who])
    return FlaskClient.open(browser, form.action, method="POST", data=form.sent, buffered=True)


def every_page(site: Site) -> Iterator[list[Found]]:
    """The forms of each page, without those that were met before on another page."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for who, page in pages(site):
        new = [form for form in forms(site, who, page) if _key(form) not in seen]
        seen |= {_key(form) for form in new}
        yield new


def _key(form: Found) -> tuple[str, tuple[str, ...]]:
    return form.action, tuple(sorted(form.sent))
