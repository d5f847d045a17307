"""The one question behind a person's link: on a narrow phone, without barrier or JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from contact.messages.reached import BY_TEXT, agree, reachable
from flask import url_for
from playwright.sync_api import Browser, expect

from referral.app import create_app
from referral.casework.contact_plan.queries import plan_of
from referral.clock import now
from referral.db import db
from referral.post.links.actions import make_link
from referral.post.links.purposes import LinkPurpose
from referral.post.links.queries import text_to
from referral.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def link(tmp_path, site) -> str:
    """The address that stands in a text."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'site.db'}"))
    with app.test_request_context():
        case = reachable(1)
        agree(case, BY_TEXT, now())
        made = make_link(LinkPurpose.WORTH, plan_of(case).points[2].id, "asked", now())
        db.session.commit()
        found = url_for("worth_it.page", text=text_to(made))
        db.session.remove()
        db.engine.dispose()
    return site + found


def test_the_question_is_read_and_answered_on_a_narrow_phone(browser: Browser, link):
    with_script = browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    for width in (320, 390, 1366):
        with_script.set_viewport_size({"width": width, "height": 640})
        with_script.goto(link)
        assert with_script.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(with_script)
    assert found.violations_count == 0, found.generate_report()
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(link)
    expect(page).to_have_title("One question")
    page.get_by_label("Partly").check()
    page.fill("[name=changed]", "I sleep again")
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_title("Thank you")
    assert "sleep" not in page.inner_text("main")
    page.goto(link)
    expect(page).to_have_title("Thank you")
    for one in (with_script, page):
        one.context.close()
