"""What Lighthouse says of the ten main pages, and the W3C's checker of every page.

    python tests/lighthouse/run.py [--only desktop|mobile|w3c]

Run it by `make lighthouse`, which fetches both tools from npm; needs Node.js, Java and Chromium.
Ends with 1 where a page stays below its goal, moves while it is shown, or has a message.
"""

import argparse
import json
import logging
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser.conftest import served
from browser.places import PAGES, PUBLIC_PAGES, furnish, may_enter
from conftest import EMAILS
from flask import Flask
from pictures.take import filled
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from referral.access.permissions import Role
from referral.clock import today
from referral.demo import organisations as demo

TOOLS = Path(__file__).parent / "node_modules"
GROUPS = ("performance", "accessibility", "best-practices", "seo")
GOALS = {"desktop": 95, "mobile": 90}
MOST_SHIFT = 0.02
LIGHTLY = (
    *("--output=json", "--quiet", "--disable-storage-reset"),
    "--skip-audits=is-crawlable",  # what a card opens is kept out of search engines on purpose
    f"--only-categories={','.join(GROUPS)}",
)
MAIN = (  # the ten main pages: who looks, and where
    (None, "/sign-in"),
    (None, "/me"),
    (Role.CUSTODY_OFFICER, "/custody/"),
    (Role.CUSTODY_OFFICER, "/custody/bookings/new"),
    (Role.CUSTODY_OFFICER, "/custody/bookings/{known}"),
    (Role.WORKER, "/cases"),
    (Role.WORKER, "/cases/{case}"),
    (Role.TEAM_LEAD, "/cases/{case}/timeline"),  # who has the case reads on without saying why
    (Role.SERVICE_WORKER, "/inbox"),
    (Role.TEAM_LEAD, f"/reports/outcomes?period={today().year}"),
)
LINE = "{:<10}{:<44}" + "{:>8}" * (len(GROUPS) + 1)


@contextmanager
def looking(driver: Playwright, site: str, role: Role | None) -> Iterator[tuple[Page, int]]:
    """A Chromium in which somebody of the role is signed in, and the port that steers it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = shutil.which("chromium") or shutil.which("google-chrome")
    steered = ["--no-sandbox", f"--remote-debugging-port={port}"]
    with tempfile.TemporaryDirectory() as own:
        context = driver.chromium.launch_persistent_context(
            own, executable_path=found, args=steered, locale="en-GB"
        )
        page = context.pages[0]
        if role:
            enter(page, site, role)
        yield page, port
        context.close()


def enter(page: Page, site: str, role: Role) -> None:
    """Sign in as everybody does."""
    page.goto(f"{site}/sign-in")
    page.fill("[name=email]", EMAILS[role])
    page.fill("[name=password]", demo.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def measured(address: str, port: int, form: str) -> dict:
    """What Lighthouse says of a page in the Chromium at this port; asked again where it broke."""
    shape = ["--preset=desktop"] if form == "desktop" else []
    command = [TOOLS / ".bin" / "lighthouse", address, f"--port={port}", *shape, *LIGHTLY]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, timeout=180)
        if done.returncode == 0:
            return json.loads(done.stdout)
    raise SystemExit(f"{address}: {done.stderr}")


def told(form: str, path: str, said: dict) -> bool:
    """Prints a page's figures and what cost it points; returns whether it meets the goals."""
    scores = [round(100 * (said["categories"][group]["score"] or 0)) for group in GROUPS]
    shift = said["audits"]["cumulative-layout-shift"]["numericValue"]
    fits = min(scores) >= GOALS[form] and shift <= MOST_SHIFT
    print(LINE.format(form, path, *scores, f"{shift:.3f}"), "" if fits else "  missed", flush=True)
    for group in (one for one, score in zip(GROUPS, scores, strict=True) if score < 100):
        for part in said["categories"][group]["auditRefs"]:
            audit = said["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"    {group}: {audit['title']} {audit.get('displayValue', '')}")
    return fits


def ten_pages(driver: Playwright, site: str, app: Flask, forms: list[str]) -> bool:
    """Whether the ten main pages meet the goals in these forms."""
    print(LINE.format("", "", *GROUPS, "shift").replace("accessibility", "access"))
    fits = True
    for role in dict.fromkeys(role for role, _ in MAIN):
        with looking(driver, site, role) as (_, port):
            filling = records(app, role)
            for path in (path for one, path in MAIN if one is role):
                address = path.format(known=app.config["KNOWN"], **filling)
                for form in forms:
                    fits &= told(form, path, measured(site + address, port, form))
    return fits


def records(app: Flask, role: Role | None) -> dict:
    """What fills the addresses that somebody of the role can open."""
    with app.app_context():
        return furnish(role) if role else {}


def every_page(driver: Playwright, site: str, app: Flask) -> bool:
    """Whether the W3C's checker has nothing to say of any page, of any role."""
    with tempfile.TemporaryDirectory() as folder:
        count = 0
        for role in (None, *EMAILS):
            with looking(driver, site, role) as (page, _):
                count += kept(Path(folder), page.context, site, addresses(app, role))
        checker = ["java", "-jar", TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"]
        done = subprocess.run(
            [*checker, "--format", "json", "--skip-non-html", folder],
            capture_output=True,
            text=True,
        )
        said = json.loads(done.stderr)["messages"]
    print(f"W3C checker: {count} pages, {len(said)} messages")
    for text in sorted({f"{one['url'].rsplit('/', 1)[1]}: {one['message']}" for one in said}):
        print(f"    {text}")
    return not said


def addresses(app: Flask, role: Role | None) -> dict[str, str]:
    """Each page that somebody of the role may open, by its name."""
    if role is None:
        return {
            path.strip("/").replace("/", "-"): path for path in PUBLIC_PAGES if "/api" not in path
        }
    filling, found = records(app, role), {}
    with app.test_request_context():
        for endpoint, wants in PAGES.items():
            values = {name: filling.get(record) for name, record in wants.items()}
            if role in may_enter(app, endpoint) and None not in values.values():
                found[f"{role.name.lower()}-{endpoint}"] = app.url_for(endpoint, **values)
    return found


def kept(folder: Path, context: BrowserContext, site: str, pages: dict[str, str]) -> int:
    """Keeps the pages as the server sends them; returns how many there were."""
    for name, path in pages.items():
        answer = context.request.get(site + path)
        (folder / f"{name or 'home'}.html").write_bytes(answer.body())
    return len(pages)


def main() -> int:
    """Serve the demo and look at it; returns how the program ends."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--only", choices=[*GOALS, "w3c"])
    only = wanted.parse_args().only
    logging.disable(logging.INFO)
    forms, fits = [form for form in GOALS if only in (None, form)], True
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        app = filled(Path(folder))
        with served(Path(folder)) as site:
            if only in (None, "w3c"):
                fits &= every_page(driver, site, app)
            if forms:
                fits &= ten_pages(driver, site, app, forms)
    return 0 if fits else 1


if __name__ == "__main__":
    raise SystemExit(main())
