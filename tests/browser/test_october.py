"""The October of Jim McAlister once more, in a real Chromium. Its clock is that of the story."""

import pytest
from browser.conftest import answering
from conftest import Browser
from journeys.october import numbers, test_october
from journeys.october.cast import Cast
from playwright.sync_api import Browser as Chromium
from support.seats import Seen

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
AT_ONCE = 3  # so many sit at their browsers in one scene


@pytest.fixture
def site(app):
    """Where the application of this process is served: its clock can be set."""
    with answering(app) as address:
        yield address


@pytest.fixture
def cast(app, site, monkeypatch, browser: Chromium):
    """Everybody sits at a Chromium of their own, in which they have signed in."""
    contexts = []

    def sit(email: str) -> Seen:
        contexts.insert(0, browser.new_context(viewport={"width": 1366, "height": 768}))
        for old in contexts[AT_ONCE:]:
            old.close()
        del contexts[AT_ONCE:]
        if email:
            app.test_client_class = Browser
            client = app.test_client()
            client.enter(email)
            cookie = client.get_cookie("session", domain="localhost")
            contexts[0].add_cookies([{"name": "session", "value": cookie.value, "url": site}])
        return Seen(contexts[0].new_page(), site)

    yield Cast(app, monkeypatch, sit)
    for context in contexts:
        context.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_he_goes_on_and_comes_back_in_chromium(cast):
    for scene in test_october.HE_GOES_ON:
        scene(cast)
    numbers.are_as_pencilled_for_who_came_back(cast)
