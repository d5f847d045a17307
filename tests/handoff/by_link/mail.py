"""What somebody does with an e-mail and the pages behind its link."""

import re

from conftest import hidden_fields
from journeys.test_whole_loop import JIM
from support.html import read

PERSON = ("McAlister", JIM["phone"], "Drugs", " 1985", "1985-")  # a token may hold the bare year


def path_in(letter) -> str:
    """The path of the link in an e-mail."""
    return re.search(r"http://127\.0\.0\.1:8000(/a/\S+)", letter.body)[1]


def newest(letters, start: str):
    return next(letter for letter in letters if letter.subject.startswith(start))


def press(browser, link: str, act: str, **typed):
    """Send a form of the page behind a link; one that the page does not offer, by hand."""
    page = browser.get(link).text
    form = read(page).select_one(f"form[action='{link}/{act}']")
    return browser.post(f"{link}/{act}", data=hidden_fields(str(form or page)) | typed)


def unlock(browser, link: str, post) -> None:
    """Ask for a code, look into the mailbox, type it."""
    press(browser, link, "code")
    digits = re.search(r"\d{6}", newest(post(), "Your code").body)[0]
    assert press(browser, link, "open", code=digits).status_code == 303
