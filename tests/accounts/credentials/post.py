"""What the tests of the ways back share: the e-mails to accounts, and their links."""

import re

from conftest import EMAILS, hidden_fields
from support.html import read, words

from referral import clock
from referral.access.permissions import Role
from referral.jobs.runner import Halt, Worker

PHRASE = "a heather hill walk"
NEW = {"password": PHRASE, "again": PHRASE}


def letters(app, to):
    """The e-mails to an address, newest first, after the workers worked."""
    with app.app_context():
        Worker(app.extensions["work"], clock.now).drain(Halt())
    return [one for one in app.extensions["mailbox"].letters() if one.to == to]


def subjects(app, to) -> set[str]:
    """What they are about."""
    return {one.subject for one in letters(app, to)}


def links_in(app, to, subject) -> set[str]:
    """The paths of the links in the e-mails with a subject."""
    found = [one for one in letters(app, to) if one.subject == subject]
    return {re.search(r"https?://[^/]*(/\S+)", one.body)[1] for one in found}


def page_of(administrator, email) -> str:
    """The path of an account's page."""
    listed = administrator.submit("/accounts", {"name": email}).text
    row = next(one for one in read(listed).select("tr") if email in words(one).split())
    return row.select_one("a")["href"]


def press(browser, page, path, **typed):
    """Send a form of a page."""
    return browser.post(path, data=hidden_fields(browser.get(page).text) | typed)


def invite(administrator, email="gail@example.org") -> str:
    """Somebody is invited; the path of the link that is shown."""
    form = administrator.get("/accounts/invite").text
    team = read(form).select_one("option:-soup-contains('West arrest')")["value"]
    said = {"name": "Gail Moir", "email": email, "role": Role.WORKER.value, "organisation": team}
    return shown(administrator.submit("/accounts/invite", said))


def shown(answer) -> str:
    """The path of the link that a page shows once."""
    return read(answer.text).select_one("code").text.removeprefix("http://127.0.0.1:8000")


def ask(app, email):
    """Somebody says on the sign-in page that they forgot their password."""
    return app.test_client().submit("/sign-in/forgotten", {"email": email})


def signs_in(app, email, password) -> bool:
    """Whether the password lets somebody in, or to the code."""
    answer = app.test_client().submit("/sign-in", {"email": email, "password": password})
    return answer.status_code == 303


WORKER = EMAILS[Role.WORKER]
