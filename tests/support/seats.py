"""Somebody at a browser: opens a page, types, presses, reads. The same story is played twice.

`Read` fills in what a page carries, without a browser; `Seen` is a page of a real Chromium.
"""

import re
from urllib.parse import urljoin, urlsplit

from bs4 import Tag
from support.html import fields, read, words

UNFOLD = "document.querySelectorAll('main details').forEach(fold => { fold.open = true })"


class Reading:
    """What a page says."""

    html: str

    def words(self, part: str = "main") -> str:
        """What a part of the page says, on one line."""
        return " ".join(words(one) for one in read(self.html).select(part))

    def code(self, name: str, label: str) -> str:
        """The code of the choice of a field that says this."""
        page = read(self.html)
        listed = {
            words(one): one.get("value", "") for one in page.select(f"[name='{name}'] option")
        }
        for one in page.select(f"input[name='{name}']"):
            beside = page.select_one(f"label[for='{one.get('id')}']") or one.find_parent("label")
            listed |= {words(beside): one["value"]} if beside else {}
        found = [code for said, code in listed.items() if label in said]
        assert found, f"no {label!r} among {list(listed)}"
        return found[0]


class Read(Reading):
    """A page as the test client has it."""

    def __init__(self, browser) -> None:
        self.browser, self.typed = browser, {}
        self.answer = None

    def open(self, path: str) -> "Read":
        """Go to an address; whatever was typed is gone."""
        return self._came(self.browser.get(path, follow_redirects=True))

    def type(self, **said: str | list[str]) -> "Read":
        """Fill in fields by name; boxes and buttons of choice by the code of what is chosen."""
        self.typed |= said
        return self

    def press(self, label: str) -> "Read":
        """Follow the link, or send the form, whose button says just this and that was typed in."""
        pressed = self._found(label)
        if pressed.name == "a":
            return self.open(urljoin(self.path, pressed["href"]))
        form = pressed.find_parent("form")
        sent = fields(form) | self.typed
        if pressed.get("name"):
            sent[pressed["name"]] = pressed.get("value", "")
        to = urljoin(self.path, pressed.get("formaction") or form.get("action") or self.path)
        method = form.get("method", "get").upper()
        return self._came(self.browser.open(to, method=method, data=sent, follow_redirects=True))

    @property
    def html(self) -> str:
        """The page as it came."""
        return self.answer.text

    @property
    def path(self) -> str:
        """Where it lies."""
        return self.answer.request.full_path.rstrip("?")

    def _came(self, answer) -> "Read":
        self.answer, self.typed = answer, {}
        return self

    def _found(self, label: str) -> Tag:
        page = read(self.html)
        named = [one for one in page.select("a[href], button") if _says(one) == label]
        for one in named:
            form = one.find_parent("form")
            if not self.typed or (form and all(_takes(form, *said) for said in self.typed.items())):
                return one
        raise AssertionError(f"no {label!r} for {self.typed} on {self.path}: {self.words()}")


def _says(element: Tag) -> str:
    """What it is called: the key that stands on it is hidden from who hears the page."""
    keys = " ".join(words(key) for key in element.select("[aria-hidden=true]"))
    return re.sub(r" ([,:])", r"\1", words(element)).removeprefix(keys).strip()


def _takes(form: Tag, name: str, value: str | list[str]) -> bool:
    """Whether a form has such a field, and each choice is among its own."""
    found = form.select(f"[name='{name}']")
    if not found:
        return False
    if found[0].name == "select":
        choices = {option.get("value", words(option)) for option in found[0].select("option")}
    elif found[0].get("type") in {"radio", "checkbox"}:
        choices = {one.get("value") for one in found}
    else:
        return True
    return set([value] if isinstance(value, str) else value) <= choices


class Seen(Reading):
    """A page of Chromium; `site` is where it is served."""

    def __init__(self, page, site: str) -> None:
        self.page, self.site = page, site
        self.typed: list[str] = []

    def open(self, path: str) -> "Seen":
        """Go to an address."""
        self.page.goto(urljoin(self.site, path))
        return self._came()

    def type(self, **said: str | list[str]) -> "Seen":
        """Fill in fields by name, as a hand does."""
        for name, value in said.items():
            self._fill(name, value)
            self.typed.append(name)
        return self

    def press(self, label: str) -> "Seen":
        """Press the link, or the button of the form that was typed in."""
        inside = self.page.locator("body")
        if self.typed:
            inside = self.page.locator("form")
            for name in self.typed:
                inside = inside.filter(has=self.page.locator(f"[name='{name}']"))
        named = re.compile("^" + re.sub(r"([,:])", r"\\s*\1", re.escape(label)) + "$")
        button = inside.get_by_role("button", name=named)
        link = inside.get_by_role("link", name=named)
        with self.page.expect_navigation():
            button.or_(link).first.click()
        return self._came()

    @property
    def html(self) -> str:
        """The page as it stands."""
        return self.page.content()

    @property
    def path(self) -> str:
        """Where it lies."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def _fill(self, name: str, value: str | list[str]) -> None:
        found = self.page.locator(f"[name='{name}']")
        kind = found.first.evaluate("field => field.type || field.localName")
        if kind in {"radio", "checkbox"}:
            for one in [value] if isinstance(value, str) else value:
                self.page.locator(f"[name='{name}'][value='{one}']").first.check(force=True)
        elif kind.startswith("select"):
            found.first.select_option(value)
        else:
            found.first.fill(value)

    def _came(self) -> "Seen":
        self.typed = []
        self.page.evaluate(UNFOLD)
        return self
