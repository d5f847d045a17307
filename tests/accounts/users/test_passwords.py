"""Which passwords are refused, without an application."""

import pytest

from referral.accounts.users.passwords import is_weak

OWN = ("Morag", "Sim", "msim83")
TRIED_FIRST = (
    "aaaaaaaaaaaa", "111111111111", "policescotland", "arrestreferral", "administrator",
    "1qaz2wsx3edc", "password1234", "qwertyuiop12", "P@ssw0rd2026", "rangersceltic",
    "Glasgow2026!!", "custodyofficer", "Police2026!!", "123456789012", "letmeinletmein",
    "edinburghglasgow", "!!Referral2026",
)  # fmt: skip


@pytest.mark.parametrize("password", TRIED_FIRST)
def test_what_would_be_tried_first_is_refused(password):
    assert is_weak(password, OWN)


@pytest.mark.parametrize("password", ["Morag likes wet hills", "a hill of msim83 for me"])
def test_a_name_of_ones_own_is_refused_in_any_password(password):
    assert is_weak(password, OWN)
    assert not is_weak(password, ())


def test_what_others_know_of_the_user_is_a_word_like_any_other():
    assert is_weak("Kelvinhaugh 2026", (), ["Kelvinhaugh"])
    assert not is_weak("Kelvinhaugh 2026", ())


@pytest.mark.parametrize("password", ["seven wet hills", "tK4!v9qLmX2z", "a heather hill walk"])
def test_three_words_or_twelve_chance_letters_are_good(password):
    assert not is_weak(password, OWN)
    assert is_weak(password[:11], OWN)


def test_the_longest_password_is_looked_at_in_no_time():
    assert not is_weak("tK4!v9qLmX2z" + "x" * 188, OWN)
