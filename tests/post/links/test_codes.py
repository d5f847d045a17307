"""Links and the codes that go with them: how long, how often, and each for itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import current_app
from support.stories import moment, staff

from referral.db import db
from referral.post.links.actions import (
    MOST_CODES,
    MOST_TRIES,
    EnoughCodes,
    LinkOver,
    NoAddress,
    make_link,
    prove,
    revoke,
    revoke_links,
    send_code,
    unuse,
    use,
)
from referral.post.links.models import Link, LinkCode
from referral.post.links.purposes import CODE_LASTS, LASTS, PROOF_LASTS, LinkPurpose
from referral.post.links.queries import last_code, live_links, proved
from referral.post.links.signing import digits_of

AT = moment("2026-08-03 09:00")
SECOND = timedelta(seconds=1)
HUB = "hub@example.org"


@pytest.fixture
def link(stories):
    made = make_link(LinkPurpose.SEE, uuid4(), "one", AT)
    assert made
    return made


def code_to(link: Link, at=AT) -> str:
    """The digits of a code that was sent, as the service reads them."""
    send_code(link, HUB, staff("Ian Low"), at)
    codes = db.session.query(LinkCode).filter_by(link_id=link.id, made_at=at)
    return digits_of(codes.one().id, current_app.config["SECRET_KEY"])


def test_each_link_works_as_long_as_is_promised():
    """As the README's table of secrets says it; a shorter or longer life is a change of that."""
    days = {
        LinkPurpose.ANSWER: 14,
        LinkPurpose.SEE: 30,
        LinkPurpose.CAME: 14,
        LinkPurpose.CHANGED: 14,
        LinkPurpose.STOPPED: 60,
        LinkPurpose.WORTH: 30,
        LinkPurpose.JOIN: 7,
        LinkPurpose.PASSWORD: 1 / 48,
        LinkPurpose.RECOVER: 1 / 24,
    }
    assert {purpose: lasts / timedelta(days=1) for purpose, lasts in LASTS.items()} == days
    assert (timedelta(minutes=15), timedelta(minutes=30)) == (CODE_LASTS, PROOF_LASTS)
    assert (MOST_CODES, MOST_TRIES) == (3, 5)


@pytest.mark.parametrize("purpose", LinkPurpose)
def test_a_link_lives_for_its_time_until_it_is_used_or_stopped(stories, purpose):
    about, me = uuid4(), staff("Ian Low")
    one, two, three = (make_link(purpose, about, f"{number}", AT) for number in range(3))
    last = AT + LASTS[purpose] - SECOND
    assert one.lives(last)
    assert not one.lives(last + SECOND)
    assert make_link(purpose, about, "0", AT) is None
    use(one, "yes", me, last)
    assert not one.lives(last)
    with pytest.raises(LinkOver):
        use(one, "no", me, last)
    revoke(two, me, last)
    assert live_links(about, last) == [three]
    alive = db.session.query(Link).filter_by(about_id=about).filter(Link.alive(last))
    assert alive.all() == [three]
    over = db.session.query(Link).filter_by(about_id=about).filter(Link.alive(last + SECOND))
    assert over.all() == []
    revoke_links(about, me, last)
    assert live_links(about, last) == []


def test_a_code_opens_what_was_sent_to_its_address_for_half_an_hour(link):
    me, other = staff("Ian Low"), make_link(LinkPurpose.SEE, uuid4(), "two", AT)
    digits = code_to(link)
    assert prove(other, digits, me, AT) is None
    code = prove(link, digits, me, AT + CODE_LASTS)
    number, at = str(code.id), AT + CODE_LASTS
    assert proved(HUB, number, at + PROOF_LASTS - SECOND)
    assert not proved(HUB, number, at + PROOF_LASTS)
    assert not proved("homes@example.org", number, at)
    assert not proved("", number, at)
    assert not proved(HUB, "nonsense", at)
    assert not proved(HUB, str(uuid4()), at)
    assert prove(link, digits, me, at) is None  # once


def test_two_colleagues_at_one_address_each_type_a_code_of_their_own(link):
    me, later = staff("Ian Low"), AT + 5 * SECOND
    first, second = code_to(link), code_to(link, later)
    assert last_code(link, later).made_at == later
    assert prove(link, first, me, later)
    assert prove(link, second, me, later)
    assert last_code(link, later) is None


def test_wrong_digits_count_against_each_code_that_is_still_good(link):
    first, me = code_to(link), staff("Ian Low")
    for _ in range(MOST_TRIES - 1):
        assert prove(link, "12", me, AT) is None
    second = code_to(link, AT + SECOND)
    assert prove(link, "12", me, AT + SECOND) is None
    assert prove(link, first, me, AT + SECOND) is None
    assert prove(link, second, me, AT + SECOND)


def test_a_link_is_received_by_its_code_or_its_answer_and_by_nothing_before(link):
    me = staff("Ian Low")
    digits = code_to(link)
    prove(link, "12", me, AT)
    assert link.opened_at is None
    assert prove(link, digits, me, AT + SECOND)
    assert link.opened_at == AT + SECOND
    other = make_link(LinkPurpose.CAME, uuid4(), "two", AT)
    use(other, "yes", me, AT)
    assert other.opened_at == AT


@pytest.mark.parametrize(
    ("at", "changes"), [("2026-08-03 23:59:59", True), ("2026-08-04 00:00", False)]
)
def test_an_answer_is_taken_back_until_midnight_in_scotland(link, at, changes):
    me, at = staff("Ian Low"), moment(at)
    use(link, "yes", me, AT)
    assert link.may_be_changed(at) is changes
    if changes:
        unuse(link, me, at)
        assert link.lives(at)
    with pytest.raises(LinkOver):
        unuse(link, me, at)
    revoke(link, me, at)
    assert not link.may_be_changed(at)


def test_a_code_is_old_after_a_quarter_of_an_hour(link):
    digits = code_to(link)
    assert prove(link, digits, staff("Ian Low"), AT + CODE_LASTS + SECOND) is None


def test_a_code_has_six_digits_whichever_they_are():
    codes = [digits_of(uuid4(), "key") for _ in range(200)]
    assert {len(code) for code in codes} == {6}
    assert all(code.isdecimal() for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert len(set(codes)) > 190


@pytest.mark.parametrize(("wrong", "opens"), [(MOST_TRIES - 1, True), (MOST_TRIES, False)])
def test_after_five_wrong_tries_the_right_digits_are_wrong_too(link, wrong, opens):
    digits, me = code_to(link), staff("Ian Low")
    for _ in range(wrong):
        assert prove(link, "12", me, AT) is None
    assert (prove(link, digits, me, AT) is not None) is opens


def test_codes_go_to_an_address_while_the_link_lives_and_not_without_end(link):
    me = staff("Ian Low")
    with pytest.raises(NoAddress):
        send_code(link, "", me, AT)
    for number in range(MOST_CODES):
        send_code(link, HUB, me, AT + number * SECOND)
    with pytest.raises(EnoughCodes):
        send_code(link, HUB, me, AT + 5 * SECOND)
    send_code(link, HUB, me, AT + CODE_LASTS)
    with pytest.raises(LinkOver):
        send_code(link, HUB, me, AT + LASTS[LinkPurpose.SEE])
