"""Who opens the demo as an analyst finds an edition that is out."""

import pytest
from conftest import EMAILS, Browser
from support.html import read, words

from referral.access.permissions import Role
from referral.app import create_app
from referral.db import db
from referral.settings import Settings


@pytest.fixture
def loaded(tmp_path):
    """The demo as its command loads it, with fewer bookings."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'demo.db'}"))
    for command in (["db", "upgrade"], ["demo", "load", "--bookings", "100"]):
        assert app.test_cli_runner().invoke(args=command).exit_code == 0
    yield app
    with app.app_context():
        db.engine.dispose()


def test_an_analyst_reads_an_edition_of_the_last_quarter(loaded):
    loaded.test_client_class = Browser
    browser = loaded.test_client()
    browser.enter(EMAILS[Role.CJS_ANALYST])
    list_ = read(browser.get("/reports/outcomes").text).main
    assert "for partners, out since" in words(list_)
    [link] = {one["href"] for one in list_.select("a[href^='/editions/']")} - {"/editions/new"}
    assert "people booked into custody" in words(read(browser.get(link).text).main)
