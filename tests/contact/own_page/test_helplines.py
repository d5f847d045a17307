"""Whom to ring now stands on door, page and card, as an administrator keeps the list."""

import pytest
from support.html import read

from referral.access.permissions import Role
from referral.web.filters import dialled

LIST = "/directory/codes/helpline"


def numbers(page):
    return {one["href"]: one.text for one in read(page).select("a[href^='tel:']")}


def test_what_ships_stands_on_door_page_and_card(site, phone):
    for page in (phone.look("/me"), phone.look()):
        assert numbers(page)["tel:116123"] == "Samaritans, free, any hour: 116 123"
        assert {"tel:111", "tel:999"} <= numbers(page).keys()
    assert "Samaritans, free, any hour 116 123" in site.card()


def test_a_line_added_in_the_browser_is_there_and_one_that_ended_is_not(site, phone):
    administrator = site.as_role(Role.ADMINISTRATOR)
    added = administrator.submit(
        LIST, {"code": "08088010414", "label": "Shelter Scotland (example)"}
    )
    assert added.status_code == 303
    ended = administrator.submit(f"{LIST}/111/2020-01-01", {"label": ""})
    assert ended.status_code == 303
    found = numbers(phone.look("/me"))
    assert found["tel:08088010414"] == "Shelter Scotland (example): 0808 801 0414"
    assert "tel:111" not in found
    assert "Shelter Scotland (example) 0808 801 0414" in site.card()


def test_what_is_no_number_is_not_offered_as_one(site, phone):
    site.as_role(Role.ADMINISTRATOR).submit(LIST, {"code": "ring-us", "label": "Us"})
    assert "tel:ring-us" not in numbers(phone.look("/me"))


@pytest.mark.parametrize(
    ("number", "read_out"),
    [("999", "999"), ("116123", "116 123"), ("08088010414", "0808 801 0414"), ("18000", "18000")],
)
def test_a_number_is_written_as_it_is_read_out(number, read_out):
    assert dialled(number) == read_out
