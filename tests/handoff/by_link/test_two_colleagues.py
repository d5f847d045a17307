"""Two colleagues at one address work side by side: neither locks out, hides or undoes the other."""

import re

import pytest
from flask.testing import FlaskClient
from handoff.by_link.mail import path_in, press
from handoff.by_link.test_by_link_all_day import NO, now_said
from support.html import fields, form_of, read, words

from referral.post.links.purposes import LinkPurpose

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)

NAME = "McAlister"


@pytest.fixture
def two(app, sent, post):
    """The link that both got, and a browser of each."""
    return path_in(post()[0]), app.test_client(), app.test_client()


def codes(post) -> list[str]:
    """The digits of each code that came, the oldest first; each letter names the reference."""
    letters = [letter for letter in reversed(post()) if letter.subject.startswith("Your code")]
    for letter in letters:
        assert re.search(r"R-\w{6}", letter.subject), "which referral is it for?"
    return [re.search(r"\d{6}", letter.body)[0] for letter in letters]


def reads(browser, link: str) -> bool:
    """Whether this browser shows who it is."""
    return NAME in browser.get(link).text


def both_have_asked(two, post) -> tuple[str, str]:
    link, ann, bob = two
    for browser in (ann, bob):
        assert press(browser, link, "code").status_code == 303
    first, second = codes(post)
    return first, second


def test_each_types_the_code_that_came_for_them_in_either_order(two, post):
    link, ann, bob = two
    first, second = both_have_asked(two, post)
    assert press(bob, link, "open", code=second).status_code == 303
    assert (reads(ann, link), reads(bob, link)) == (False, True)
    assert press(ann, link, "open", code=first).status_code == 303
    assert (reads(ann, link), reads(bob, link)) == (True, True)
    assert len(codes(post)) == 2


def test_one_who_has_opened_it_is_not_shut_out_by_the_wrong_digits_of_the_other(two, post):
    link, ann, bob = two
    first, second = both_have_asked(two, post)
    assert press(ann, link, "open", code=first).status_code == 303
    for _ in range(5):
        assert press(bob, link, "open", code="12").status_code == 422
    assert press(bob, link, "open", code=second).status_code == 422  # this one has been guessed at
    assert reads(ann, link)
    assert press(bob, link, "code").status_code == 303
    assert press(bob, link, "open", code=codes(post)[-1]).status_code == 303
    assert reads(bob, link)


def test_what_one_answers_the_other_sees_and_puts_right_the_same_day(two, post, app, later):
    link, ann, bob = two
    first, second = both_have_asked(two, post)
    press(ann, link, "open", code=first)
    press(bob, link, "open", code=second)
    on = press(ann, link, "answer", answer="accept").location
    assert NAME in ann.get(on).text  # seen first, answered after, with one code
    assert "You said: We have it" in bob.get(link).text
    assert press(bob, link, "answer", **NO).status_code == 303
    assert now_said(app)[0] == "rejected"
    assert press(ann, link, "answer", answer="accept").status_code == 303
    assert now_said(app)[0] == "accepted"
    later(days=1)
    for browser in (ann, bob):
        assert press(browser, link, "answer", **NO).status_code == 200
    assert now_said(app)[0] == "accepted"


@pytest.mark.parametrize(
    ("purpose", "act", "says", "too_late"),
    [
        (LinkPurpose.ANSWER, "answer", {"answer": "accept"}, NO),
        (LinkPurpose.ANSWER, "answer", NO, {"answer": "accept"}),
        (LinkPurpose.CAME, "came", {"answer": "yes"}, {"answer": "no"}),
        (LinkPurpose.CAME, "came", {"answer": "no"}, {"answer": "yes"}),
        (LinkPurpose.CAME, "came", {"answer": "no"}, {"answer": "not-held", "not_held": "ILL"}),
    ],
)
def test_a_page_from_before_the_other_answered_takes_nothing_back(
    app, linked, purpose, act, says, too_late
):
    link, ann, bob = linked(purpose), app.test_client(), app.test_client()
    old = fields(form_of(bob.get(link).text, "answer"))
    assert press(ann, link, act, **says).status_code == 303
    stands = now_said(app)
    refused = bob.post(f"{link}/{act}", data=old | too_late)
    assert refused.status_code == 409
    page = read(refused.text)
    assert "Someone else changed this" in words(page.select_one(".govuk-error-summary"))
    assert "You said:" in words(page.main)  # what the other answered
    assert now_said(app) == stands
    sure = fields(form_of(refused.text, "answer")) | too_late
    assert bob.post(f"{link}/{act}", data=sure).status_code == 303
    assert now_said(app) != stands


@pytest.mark.parametrize("how", [{"method": "HEAD"}, {"headers": {"Sec-Purpose": "prefetch"}}])
def test_who_only_looks_ahead_neither_answers_nor_spends_what_the_other_holds(two, post, app, how):
    link, ann, bob = two
    first, second = both_have_asked(two, post)
    before = now_said(app)
    for _ in range(3):
        for path in (link, f"{link}/answer", f"{link}/open", f"{link}/code"):
            assert FlaskClient.open(bob, path, **how).status_code in {200, 404, 405}
    assert now_said(app) == before
    assert len(codes(post)) == 2
    assert press(ann, link, "open", code=first).status_code == 303
    assert press(bob, link, "open", code=second).status_code == 303
