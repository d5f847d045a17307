"""Editions that are frozen one after the other: none is judged beside less than is published."""

import pytest
from editions.town import MAKES, NOW, begun, counted, out, signed, town, worded
from support.stories import moment, staff

from referral.editions import refusals
from referral.editions.actions import check_again, freeze, looked_at, sign_first
from referral.editions.keeping import told_again
from referral.editions.queries import releases_before, world_of
from referral.editions.states import EditionState

NUMBERS = {"2026-Q3": 42, "2026-07": 14, "2026-08": 14, "2026-09": 14}
LATER = "2026-11-03 09:00"


@pytest.fixture
def quarter(stories, monkeypatch):
    """A quarter and its months."""
    town(NUMBERS, monkeypatch)
    return monkeypatch


def again(edition):
    """Checked once more, and signed."""
    check_again(edition, "", edition.version, staff(MAKES), moment(NOW))
    counted(edition)
    return signed(worded(edition))


def test_one_that_was_begun_before_and_frozen_after_is_noticed(quarter):
    slow = signed(worded(begun("2026-07")))
    out("2026-Q3")
    quick = signed(worded(begun("2026-08")))
    freeze(again(slow), slow.version, staff(MAKES), moment(NOW))
    with pytest.raises(refusals.RegisterMovedOn):
        freeze(quick, quick.version, staff(MAKES), moment(NOW))
    freeze(again(quick), quick.version, staff(MAKES), moment(NOW))


def test_a_report_of_a_period_is_published_once(quarter):
    first, second = (signed(worded(begun("2026-Q3"))) for _ in range(2))
    freeze(first, first.version, staff(MAKES), moment(NOW))
    with pytest.raises(refusals.PublishedAlready):
        freeze(again(second), second.version, staff(MAKES), moment(NOW))


def test_nobody_signs_words_with_a_number_that_is_gone(quarter):
    edition = worded(begun("2026-Q3"))
    edition.says("42 referrals were made.", "", "x", None)
    town(NUMBERS | {"2026-Q3": 43}, quarter)
    check_again(edition, "", edition.version, staff(MAKES), moment(NOW))
    counted(edition)
    looked_at(edition, edition.version, staff(MAKES), moment(NOW))
    with pytest.raises(refusals.NumberWithoutACell):
        sign_first(edition, None, edition.version, staff(MAKES), moment(NOW))


def test_after_a_correction_its_period_is_as_corrected(quarter):
    first = out("2026-Q3")
    town(NUMBERS | {"2026-Q3": 62}, quarter)
    corrected = out("2026-Q3", LATER, why_revised="late entries")
    moments = [one.as_at for one in world_of(begun("2026", "2027-01-04 09:00")).settled]
    assert moments == [corrected.as_at, first.as_at]
    assert told_again(corrected.told).tables[-1].code == "corrections"


def test_a_correction_is_counted_as_of_now_and_beside_the_other_reports(quarter):
    out("2026-Q3")
    other = out("2026-Q3", report="custody")
    town(NUMBERS | {"2026-Q3": 62}, quarter)
    edition = begun("2026-Q3", LATER, why_revised="late entries")
    assert edition.state is EditionState.DRAFT, edition.refusal
    assert world_of(edition).settled[0].as_at == edition.as_at
    register = releases_before(edition)
    assert len(register.replaced) == 1
    assert len(register.of_the_period) == 1
    assert other.as_at in [one.as_at for one in world_of(edition).settled]
