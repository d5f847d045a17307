"""A key is changed while cards, links and sign-ins made with the one before are about."""

import pytest
from conftest import Browser, hidden_fields
from contact.own_page.carried import Phone, Site
from sqlalchemy import select
from support.html import read, words

from referral.access.permissions import Role
from referral.app import create_app
from referral.contact.own_page.models import PersonCard
from referral.contact.own_page.queries import code_on
from referral.db import db
from referral.post.links.models import Link
from referral.post.links.queries import text_to
from referral.settings import DEVELOPMENT_KEY, Settings

NEW = "n" * 32


@pytest.fixture
def begun_anew(app, database):
    """The same installation after a restart with other keys."""
    made = []

    def begin(**keys):
        made.append(create_app(Settings(database_url=database, secret_key=NEW, **keys)))
        made[-1].test_client_class = Browser
        return made[-1]

    yield begin
    for one in made:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def given_out(app, as_role):
    """The code on a printed card, and the path of a link in an e-mail."""
    site = Site(app, as_role)
    return site.code(), site.link("Please")


def kept(one) -> tuple[str | None, str]:
    """What is printed on the card and sent in the link from now on."""
    with one.app_context():
        card = db.session.scalars(select(PersonCard)).one()
        return code_on(card), text_to(db.session.scalars(select(Link)).one())


@pytest.mark.parametrize(
    "keys",
    [
        {"secret_key_fallbacks": (DEVELOPMENT_KEY,)},
        {"link_keys": (DEVELOPMENT_KEY,)},
        {"link_keys": ("own" * 12, DEVELOPMENT_KEY)},
        {"link_keys": ("own" * 12,), "secret_key_fallbacks": ("x" * 32, DEVELOPMENT_KEY)},
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other keeps the same rows
def test_cards_and_links_of_the_key_before_open_as_long_as_it_is_named(
    given_out, begun_anew, app, keys
):
    (code, link), one = given_out, begun_anew(**keys)
    assert Phone(one).enter(code).status_code == 303
    assert one.test_client().get(link).status_code == 200
    assert kept(one)[0] == code.replace(" ", "")  # the same card is printed again


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_key_that_is_named_no_more_opens_nothing(given_out, begun_anew):
    (code, link), one = given_out, begun_anew(link_keys=("own" * 12,))
    assert Phone(one).enter(code).status_code == 422
    assert one.test_client().get(link).status_code == 404
    assert kept(one)[0] is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_first_of_the_link_keys_makes_what_is_new_and_another_secret_key_leaves_it(
    given_out, begun_anew
):
    own = {"link_keys": ("own" * 12, DEVELOPMENT_KEY)}
    text = kept(begun_anew(**own))[1]
    without = begun_anew(link_keys=("own" * 12,))
    assert without.test_client().get(f"/a/{text}").status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_sign_in_and_an_open_form_outlive_a_planned_change_and_no_other(as_role, begun_anew):
    worker = as_role(Role.WORKER)
    form = hidden_fields(worker.get("/password").text)
    cookie = worker.get_cookie("session").value

    def sent(one) -> str:
        browser = one.test_client()
        browser.set_cookie("session", cookie)
        answer = browser.post("/password", data=form | {"old": "no", "password": "x", "again": "x"})
        return words(read(answer.text)) + (answer.location or "")

    planned = begun_anew(secret_key_fallbacks=("x" * 32, DEVELOPMENT_KEY))
    assert "not your current password" in sent(planned)
    assert "not your current password" not in sent(begun_anew())
