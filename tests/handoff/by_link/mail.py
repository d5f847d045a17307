"""What somebody does with an e-mail and the pages behind its link."""

import re

from conftest import hidden_fields
from journeys.test_whole_loop import JIM

PERSON = ("McAlister", JIM["phone"], "Drugs", " 1985", "1985-")  # a token may hold the bare year


def path_in(letter) -> str:
    """The path of the link in an e-mail."""
    return re.search(r"http://127\.0\.0\.1:8000(/a/\S+)", letter.body)[1]


def newest(letters, start: str):
    return next(letter for letter in letters if letter.subject.startswith(start))


def press(browser, link: str, act: str, **typed):
    """Send a form of the page behind a link."""
    return browser.post(f"{link}/{act}", data=hidden_fields(browser.get(link).text) | typed)


def unlock(browser, link: str, post) -> None:
    """Ask for a code, look into the mailbox, type it."""
    press(browser, link, "code")
    digits = re.search(r"\d{6}", newest(post(), "Your code").body)[0]
    assert press(browser, link, "open", code=digits).status_code == 303
