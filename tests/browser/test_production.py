"""The product as it really runs: production, gunicorn, a worker, PostgreSQL, TLS, mail.

From an empty database to a person who opens their own page, by people in a real Chromium.
"""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from browser.installation import Installation, installed
from browser.test_journey import hand_over
from playwright.sync_api import Browser, BrowserContext, Page, Response, Route, expect
from pypdf import PdfReader

from referral import clock

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
PASSWORD = "a long enough pass phrase"
FETCHED = "async url => Array.from(new Uint8Array(await (await fetch(url)).arrayBuffer()))"
BAIT = """<meta name="referrer" content="{}"><form method="post" action="{}/sign-in">
<input name="email" value="a@b.example"></form><script>document.forms[0].submit()</script>"""


@pytest.fixture
def installation(postgres_model: str, tmp_path: Path) -> Iterator[Installation]:
    """Set up as the README says, on an empty database."""
    with installed(postgres_model, tmp_path) as made:
        yield made


@pytest.fixture
def chromium(browser_type, browser_type_launch_args: dict) -> Iterator[Browser]:
    """A Chromium that finds the host on this machine."""
    more = browser_type_launch_args["args"] + ["--host-resolver-rules=MAP *.test 127.0.0.1"]
    browser = browser_type.launch(**browser_type_launch_args | {"args": more})
    yield browser
    browser.close()


class People:
    """Browsers of people, and what was not right in any of them."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self.chromium, self.address, self.wrong = chromium, address, list[str]()
        self.apps: dict[str, pyotp.TOTP] = {}

    def somebody(self) -> BrowserContext:
        """A browser that was never here."""
        context = self.chromium.new_context(ignore_https_errors=True)
        context.set_default_timeout(15_000)
        context.on("response", self.look)
        context.on("request", lambda sent: self.note("foreign", sent.url, self.ours(sent.url)))
        context.on("console", lambda said: self.note("console", said.text, said.type != "error"))
        return context

    def ours(self, url: str) -> bool:
        """Whether an address is the installation's."""
        return url.startswith(f"{self.address}/")

    def look(self, answer: Response) -> None:
        """Each answer binds the browser to https, and none is a refusal."""
        bound = "max-age=31536000" in answer.headers.get("strict-transport-security", "")
        self.note("not https alone", answer.url, bound)
        self.note(f"answered {answer.status}", answer.url, answer.status < 400)

    def note(self, what: str, where: str, well: bool) -> None:
        """Keep what is not well."""
        if not well:
            self.wrong.append(f"{what}: {where}")

    def join(self, invitation: str, email: str) -> Page:
        """Take up an invitation, sign in, set up the second factor; the page they come to."""
        page = self.somebody().new_page()
        page.goto(invitation)
        page.get_by_label("A password").fill(PASSWORD)
        page.get_by_label("Type it again").fill(PASSWORD)
        page.get_by_role("button", name="Join").click()
        page.wait_for_url("**/sign-in")
        self.say_password(page, email)
        page.wait_for_url("**/sign-in/set-up")
        self.apps[email] = pyotp.TOTP(page.locator("code").inner_text().replace(" ", ""))
        page.get_by_label("The 6 digits").fill(self.apps[email].at(clock.now()))
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("link", name="I have kept them").click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    def say_password(self, page: Page, email: str) -> None:
        """The first half of signing in."""
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

    def come_again(self, page: Page, email: str) -> None:
        """Sign out, and in with the password and the next code of the app."""
        page.locator(".app-menu summary").click()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-in")
        self.say_password(page, email)
        page.wait_for_url("**/sign-in/code")
        page.get_by_label("Code").fill(self.apps[email].at(clock.now() + timedelta(seconds=30)))
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url(lambda url: "sign-in" not in url)


def add(page: Page, what: str, **fields: str | list[str]) -> None:
    """The administrator adds something to the directory."""
    page.get_by_role("link", name="Directory").first.click()
    page.get_by_role("link", name=f"Add {what}").click()
    fill(page, **fields)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/directory")


def fill(page: Page, **fields: str | list[str]) -> None:
    """Type into fields, choose from lists by what they say, tick boxes by what they say."""
    for name, said in fields.items():
        if isinstance(said, list):
            for label in said:
                page.get_by_label(label, exact=True).check()
        elif page.locator(f"select[name={name}]").count():
            page.locator(f"select[name={name}]").select_option(label=said)
        else:
            page.locator(f"[name={name}]").fill(said)


def furnish(page: Page) -> None:
    """What an installation needs before anybody can be handed to a service."""
    add(page, "an organisation", name="Custody division", kind="Custody")
    add(page, "an organisation", name="West team", kind="Arrest referral team", centres=["Govan"])
    add(page, "an organisation", name="Recovery", kind="Service provider")
    add(
        page, "a service", organisation_id="Recovery", name="Recovery hub", needs=["Drugs"],
        email="hub@hub.example", phone="0141 496 0000",
    )  # fmt: skip


def invited(page: Page, **said: str) -> str:
    """The administrator invites somebody; returns the address of the invitation."""
    page.get_by_role("link", name="Accounts").first.click()
    page.get_by_role("link", name="Invite somebody").click()
    fill(page, **said)
    page.get_by_role("button", name="Send the invitation").click()
    return page.locator("main code").inner_text()


def book(page: Page) -> None:
    """The officer books a person who agrees."""
    page.get_by_role("link", name="New booking").click()
    fill(page, surname="McAlister", forename="Jim", date_of_birth="3 5 1985")
    page.locator("[name=forename]").press("Enter")
    page.wait_for_url("**/custody/bookings/*-*")
    for name, value in (("answer", "accepted"), ("contact", "yes"), ("needs", "DRUG")):
        page.locator(f"[name={name}][value={value}]").check()
    page.locator("[name=phone]").fill("07700 900123")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url("**/custody/")


def code_on_card(page: Page) -> str:
    """The worker prints the card of the referral; returns the code on it."""
    page.locator("main a:text-matches('^R-')").first.click()
    sheets = PdfReader(io.BytesIO(bytes(page.evaluate(FETCHED, f"{page.url}/card.pdf")))).pages
    words = " ".join(sheet.extract_text() for sheet in sheets)
    return re.search(r"Code ((?:[0-9A-Z]{4} ?){3})", re.sub(r"\s+", " ", words))[1]


def answer_by_link(page: Page, link: str) -> None:
    """The service, which has no account, chooses and sends."""
    page.goto(link)
    page.get_by_label("We have it").check()
    page.get_by_role("button", name="Send answer").click()
    page.get_by_text("Thank you").first.wait_for()


def ring_the_service(page: Page, installation: Installation) -> None:
    """Nobody signs in for it: it reads out the code that came to the address it was given."""
    code = installation.mailed("hub@hub.example", "A code for your team", r"\d{6}")
    page.goto(f"{installation.address}/addresses")
    page.get_by_role("link", name="Recovery hub").click()
    page.get_by_label("Six digits").fill(code)
    page.get_by_role("button", name="Use this address").click()
    page.get_by_text("No address waits").wait_for()
    page.get_by_role("link", name="Cases").first.click()


def open_own_page(page: Page, address: str, code: str) -> None:
    """The person looks who has their details."""
    page.goto(f"{address}/me")
    page.locator("[name=code]").fill(code)
    page.locator("[name=born]").fill("3 5 1985")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/me/page")
    expect(page.locator("main")).to_contain_text("Contact 1")


def cookies(page: Page) -> dict[str, str]:
    """Names and paths of the cookies of a browser; each is for secure connections alone."""
    found = page.context.cookies()
    assert all(cookie["secure"] and cookie["httpOnly"] for cookie in found)
    return {cookie["name"]: cookie["path"] for cookie in found}


def test_from_an_empty_database_to_the_persons_own_page_behind_tls(
    installation: Installation, chromium: Browser
):
    people = People(chromium, installation.address)
    said = installation.flask(
        *("accounts", "first-administrator", "ada@office.example"),
        *("--name", "Ada Reid", "--organisation", "National office"),
    )
    ada = people.join(
        next(word for word in said.split() if word.startswith("https:")), "ada@office.example"
    )
    furnish(ada)
    kirsty = invited(
        ada, name="Kirsty Ross", email="kirsty@police.example", role="Custody officer",
        organisation="Custody division", centre="Govan",
    )  # fmt: skip
    morag = invited(
        ada,
        name="Morag Sim",
        email="morag@team.example",
        role="Arrest referral worker",
        organisation="West team",
    )
    desk = people.join(kirsty, "kirsty@police.example")
    people.come_again(desk, "kirsty@police.example")
    book(desk)
    worker = people.join(morag, "morag@team.example")
    ring_the_service(worker, installation)
    hand_over(worker)
    service, phone = people.somebody().new_page(), people.somebody().new_page()
    answer_by_link(service, installation.mailed("hub@hub.example", "Please answer"))
    worker.reload()
    expect(worker.locator("main")).to_contain_text("Accepted")
    open_own_page(phone, installation.address, code_on_card(worker))
    assert people.wrong == []
    assert cookies(desk) == cookies(worker) == {"__Host-session": "/"}
    assert cookies(phone) == {"__Host-session": "/", "__Secure-me": "/me"}
    assert cookies(service) == {}
    sent = [one for one in installation.behind.passed if one.method == "POST"]
    assert {one.origin for one in sent} == {installation.address}
    assert {one.status for one in sent} <= {200, 303}
    checked = installation.flask("selfcheck", ends_with=1).splitlines()
    assert [line.partition(":")[0] for line in checked[:-1]] == ["custody centres"]
    log = (installation.folder / "log").read_text()
    assert not [word for word in ("McAlister", "/a/", "/join/", "Traceback") if word in log]


def test_a_form_on_another_site_is_refused_whatever_it_says_of_itself(
    installation: Installation, chromium: Browser
):
    page = chromium.new_context(ignore_https_errors=True).new_page()

    def bait(route: Route) -> None:
        says = route.request.url.rpartition("/")[2]
        route.fulfill(body=BAIT.format(says, installation.address), content_type="text/html")

    page.route("https://evil.test/*", bait)
    for says, origin in (("unsafe-url", "https://evil.test"), ("no-referrer", "null")):
        with page.expect_response("**/sign-in") as refused:
            page.goto(f"https://evil.test/{says}")
        assert refused.value.status == 403
        sent = [one for one in installation.behind.passed if one.method == "POST"]
        assert sent[-1].origin == origin
    assert (installation.folder / "log").read_text().count("ForeignOrigin: Origin") == 2
