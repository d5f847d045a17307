"""Beside the save key stands what a save will do, and that is what the save does."""

import pytest
from sqlalchemy import select
from support.html import read, words

from referral.access.permissions import Role
from referral.casework.cases.models import Case
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.desk.saving import DANGER_SAVED, LINES, NOBODY_TOLD, WHEN_SAVED, when_saved
from referral.handoff.referrals.models import Referral

NEW = "/custody/bookings/new"
ANN = {"surname": "Reid", "forename": "Ann", "authorised_at": "now"}


def beside_the_key(page) -> list[str]:
    """The lines by which the save key is described, as they stand without any script or style."""
    [key] = page.select("button[data-save]")
    return [words(line) for line in page.select(f"#{key['aria-describedby']} p")]


def test_each_answer_has_its_line_on_both_pages_of_the_desk(desk):
    assert WHEN_SAVED.keys() == set(OfferAnswer)
    assert [one for answers in LINES.values() for one in answers] == list(OfferAnswer)
    lines = [f"{answers}: {will}" for _, answers, will in when_saved()]
    lines[0] += f" {NOBODY_TOLD}"
    booking = desk.submit(NEW, ANN).location
    for page in (NEW, booking):
        first, *shown = beside_the_key(read(desk.get(page).text))
        assert first.startswith("No answer yet: ")
        assert shown == [*lines, f"A danger: {DANGER_SAVED}"]


def test_a_line_is_open_for_the_answers_that_it_is_about(desk):
    """Two answers that share a line say the same."""
    for answers in LINES.values():
        assert len({WHEN_SAVED[answer] for answer in answers}) == 1
    page = read(desk.get(NEW).text)
    kinds = {name for name, _, _ in when_saved()}
    named = {part for line in page.select("#when-you-save p") for part in line["class"]}
    assert {f"app-if--{kind}" for kind in kinds} <= named


@pytest.mark.parametrize("answer", OfferAnswer)
def test_the_line_is_true(app, desk, as_role, answer):
    stay = desk.submit(NEW, ANN | {"answer": answer.value, "dangers": ["no-other"]} | reason(desk))
    assert stay.status_code == 303, words(read(stay.text).main)
    [says] = [
        line
        for line in beside_the_key(read(desk.get(NEW).text))
        if answer.value in line.split(":")[0].lower()
    ]
    board = words(read(desk.get("/custody/").text).select_one(".app-now"))
    with app.app_context():
        to_see = [case.person.name for case in db.session.scalars(select(Case))]
        assert db.session.scalars(select(Referral)).all() == []
    assert ("team reads" in says) == (to_see == ["Ann Reid"])
    assert ("asked again, at the time" in says) == ("Ask again (1)" in board)
    not_again = "does not bring them up" in says
    assert not_again == ("Nothing to ask (1)" in board)
    if "supervisor reads why" in says:
        assert "A.R." in words(read(as_role(Role.CUSTODY_SUPERVISOR).get("/custody/shift").text))


def reason(desk) -> dict[str, str]:
    """A time to ask again, and the first reason of the page why nobody asked."""
    page = read(desk.get(NEW).text)
    first = page.select("[name=not_asked_reason]")[0]
    return {"ask_again_at": "+2", "not_asked_reason": first["value"]}
