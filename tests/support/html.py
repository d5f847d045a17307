"""A page as its reader has it: links to follow, forms to fill in, buttons to press."""

from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag


def read(text: str) -> BeautifulSoup:
    """The page, parsed as a browser would."""
    return BeautifulSoup(text, "html5lib")


def words(element: Tag) -> str:
    """What an element says, on one line."""
    return " ".join(element.get_text(" ").split())


def fields(form: Tag) -> dict[str, str]:
    """Name and value of what a form sends when nobody types anything; its buttons left out."""
    found = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            found[field["name"]] = chosen.get("value", words(chosen)) if chosen else ""
        elif field.name == "textarea":
            found[field["name"]] = field.text
        elif field.get("type") not in {"checkbox", "radio", "submit"} or field.has_attr("checked"):
            found[field["name"]] = field.get("value", "")
    return found


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
