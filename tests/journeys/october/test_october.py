"""One October of Jim McAlister, on both databases: he is said to have died, and has not, or has."""

import pytest
from conftest import Browser
from journeys.october import attack, first_night, how_it_ends, numbers, two_services
from journeys.october.cast import Cast
from support.seats import Read


@pytest.fixture
def cast(app, monkeypatch) -> Cast:
    """Everybody reads their pages without a browser."""
    app.test_client_class = Browser

    def sit(email: str) -> Read:
        browser = app.test_client()
        if email:
            browser.enter(email)
        return Read(browser)

    return Cast(app, monkeypatch, sit)


BEGINNING = (
    first_night.kirsty_books_him_and_he_is_not_fit,
    first_night.alan_books_him_once_more,
    first_night.kirsty_asks_again_and_he_accepts,
    first_night.he_is_taken_to_clydebank,
    first_night.he_is_kept_for_court,
    first_night.morag_hears_what_the_desk_never_did,
    two_services.morag_hands_him_to_two,
    two_services.the_house_says_no_by_its_link,
    two_services.the_hub_says_yes_and_sees_its_need_alone,
    two_services.he_is_free,
    two_services.jim_says_that_his_number_is_another,
    two_services.morag_tells_the_hub,
    two_services.morag_finds_no_other_house,
    two_services.he_comes_to_the_hub,
    how_it_ends.the_hub_has_heard_that_he_died,
)
HE_GOES_ON = (
    *BEGINNING,
    how_it_ends.it_is_not_so,
    how_it_ends.james_is_booked_on_his_record,
    how_it_ends.it_was_somebody_else,
    how_it_ends.jim_comes_back,
    how_it_ends.the_hub_is_done,
    how_it_ends.morag_closes_the_case,
)
HE_DIED = (*BEGINNING, how_it_ends.it_is_so, how_it_ends.nothing_goes_out_any_more)


def test_he_goes_on_and_comes_back(cast):
    for scene in HE_GOES_ON:
        scene(cast)
    numbers.are_as_pencilled_for_who_came_back(cast)
    attack.nobody_sees_or_changes_anything(cast)


def test_he_has_died(cast):
    for scene in HE_DIED:
        scene(cast)
    numbers.are_as_pencilled_for_who_died(cast)
