"""A page as its reader has it: links to follow, forms to fill in, buttons to press."""

import re
from functools import lru_cache
from urllib.parse import urljoin

from bs4 import BeautifulSoup, SoupStrainer, Tag


@lru_cache(maxsize=8)  # a page is often asked about more than once
def read(text: str) -> BeautifulSoup:
    """The page, parsed; that it is sound the test client has seen to."""
    return BeautifulSoup(text, "html.parser")


def words(element: Tag) -> str:
    """What an element says, on one line."""
    return " ".join(element.get_text(" ").split())


def fields(form: Tag) -> dict[str, str | list[str]]:
    """Name and value of what a form sends when nobody types anything; its buttons left out.

    Boxes of one name are a list.
    """
    found: dict[str, str | list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            found[field["name"]] = chosen.get("value", words(chosen)) if chosen else ""
        elif field.name == "textarea":
            found[field["name"]] = field.text
        elif field.get("type") == "checkbox" and field.has_attr("checked"):
            found[field["name"]] = [*found.get(field["name"], []), field.get("value", "")]
        elif field.get("type") not in {"checkbox", "radio", "submit"} or field.has_attr("checked"):
            found[field["name"]] = field.get("value", "")
    return found


def hand_over(browser, page: str, *levels: str, **typed: object):
    """Send the form of a hand-off: so much for the first services, of the needs ticked for each."""
    form = read(browser.get(page).text).select("main form")[-1]
    services = dict.fromkeys(field["name"] for field in form.select("[name^=level_]"))
    return browser.post(page, data=fields(form) | dict(zip(services, levels, strict=False)) | typed)


def hidden_fields(text: str) -> dict[str, str]:
    """Name and value of the hidden fields of a page's last form."""
    *_, form = BeautifulSoup(text, "html.parser", parse_only=SoupStrainer("form")).select("form")
    hidden = form.select("input[type=hidden]")
    return {field["name"]: field.get("value", "") for field in hidden}


def addresses(text: str, pattern: str) -> list[str]:
    """Where the links of a page lead, in their order, that match a regular expression in full."""
    links = BeautifulSoup(text, "html.parser", parse_only=SoupStrainer("a", href=True)).select("a")
    return [one["href"] for one in links if re.fullmatch(pattern, one["href"])]


def address(text: str, pattern: str) -> str:
    """The first link of a page that leads to such an address, as a regular expression."""
    found = addresses(text, pattern)
    assert found, f"no link to {pattern}"
    return found[0]


def link(text: str, label: str) -> str:
    """Where the link of a page leads that says just this."""
    found = [one["href"] for one in read(text).select("a[href]") if words(one) == label]
    assert found, f"no link {label!r}"
    return found[0]


def form_of(text: str, name: str = "contact") -> Tag:
    """The form of a page with a field of this name; of none, that which asks what they agree to."""
    return next(form for form in read(text).select("form") if form.select(f"[name={name}]"))


def form_to(text: str, pattern: str, page: str = "") -> Tag:
    """The first form that leads to such an address, as a regular expression; `page` has it."""
    for form in read(text).select("form"):
        if re.fullmatch(pattern, urljoin(page, form.get("action", ""))):
            return form
    raise AssertionError(f"no form on {page or 'the page'} that leads to {pattern}")


def send(browser, page: str, action: str, **typed: object):
    """Send the form of a page that leads to such an address, as a regular expression."""
    form = form_to(browser.get(page).text, action, page)
    return browser.post(urljoin(page, form.get("action", "")), data=fields(form) | typed)


def pressable(page: Tag, label: str) -> Tag | None:
    """The first link or button that says just this; None where there is none."""
    found = (one for one in page.select("a[href], button") if words(one) == label)
    return next(found, None)


def press(browser, answer, label: str, **typed: object):
    """Follow the link, or send the form of the button, that says this; what is typed goes along."""
    pressed = pressable(read(answer.text), label)
    assert pressed is not None, f"no {label!r} on {answer.request.path}"
    here = answer.request.full_path if answer.request.query_string else answer.request.path
    if pressed.name == "a":
        return browser.get(urljoin(here, pressed["href"]))
    form = pressed.find_parent("form")
    sent = fields(form) | (
        {pressed["name"]: pressed.get("value", "")} if "name" in pressed.attrs else {}
    )
    to = urljoin(here, pressed.get("formaction") or form.get("action") or here)
    return browser.open(to, method=form.get("method", "get").upper(), data=sent | typed)


def confirm(browser, page: str, pattern: str):
    """Follow the link of a page to such an address, which asks first, and say yes there."""
    asks = address(browser.get(page).text, pattern)
    return send(browser, asks, re.escape(asks))
