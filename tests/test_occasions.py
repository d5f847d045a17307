"""Chapters that join an occasion act on it; where nobody has joined, nothing is missing."""

from referral.accounts.users.actions import LEAVING
from referral.directory.actions import MOVED
from referral.handoff.by_link.actions import write_anew
from referral.occasions import Occasion
from referral.overdue.escalation.actions import take_back


def test_who_joined_is_told_once_and_in_order():
    said: list[str] = []
    arrives: Occasion[[str]] = Occasion()
    arrives.happens("nobody listens")
    first, second = said.append, lambda word: said.append(word.upper())
    for act in (first, second, first):
        arrives.joined_by(act)
    arrives.happens("here")
    assert said == ["here", "HERE"]


def test_an_application_joins_both_however_many_are_made(app):
    del app
    assert list(LEAVING._acts) == [take_back]
    assert list(MOVED._acts) == [write_anew]
