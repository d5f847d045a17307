"""An edition is counted, checked, put into words, signed by two, frozen; what it adds is judged."""

import pytest
from editions.town import MAKES, NOW, SIGNS, begun, counted, details, out, signed, town, worded
from sqlalchemy import select
from support.stories import moment, staff

from referral.accounts.users.models import User
from referral.db import db
from referral.editions import refusals
from referral.editions.actions import (
    Words,
    begin,
    check_again,
    freeze,
    looked_at,
    say,
    sign_first,
    sign_second,
    take_back,
)
from referral.editions.keeping import kept, release_again, release_kept, told_again
from referral.editions.queries import frozen
from referral.editions.states import EditionState
from referral.errors import StaleEdit
from referral.published.audiences import Audience

QUARTER = {"2026-Q3": 32, "2026-07": 14, "2026-08": 14, "2026-09": 4}


@pytest.fixture
def quarter(stories, monkeypatch):
    """A quarter in which the last month is small."""
    town(QUARTER, monkeypatch)
    return monkeypatch


def value(edition, table: str, row: str, column: int = 0):
    told = told_again(edition.told)
    found = next(one for one in told.tables if one.code == table)
    return found.row(row).cells[column].value


def test_an_edition_from_its_count_to_the_register(quarter):
    edition = begun("2026-Q3")
    assert edition.state is EditionState.DRAFT
    assert value(edition, "indicator", "number") == 32
    assert not frozen(Audience.PUBLIC)
    signed(worded(edition))
    freeze(edition, edition.version, staff(MAKES), moment(NOW))
    assert [one.period for one in frozen(Audience.PUBLIC)] == ["2026-Q3"]
    assert edition.is_out(moment(NOW))
    assert len(edition.known_as.replace(" ", "")) == 16


def test_what_is_kept_is_read_back_alike(quarter):
    edition = begun("2026-Q3")
    assert kept(told_again(edition.told)) == edition.told
    assert release_kept(release_again(edition.released)) == edition.released


def test_a_month_that_would_follow_from_its_quarter_is_refused_and_says_how_to_go_on(quarter):
    out("2026-Q3")
    assert out("2026-07").state is EditionState.FROZEN
    assert out("2026-08").state is EditionState.FROZEN
    last = begun("2026-09")
    assert last.state is EditionState.REFUSED
    assert "could be worked out" in last.refusal
    assert " 4" not in last.refusal
    assert "indicator" in last.ways_out
    check_again(last, "indicator", last.version, staff(MAKES), moment(NOW))
    counted(last)
    assert last.state is EditionState.DRAFT
    assert [table.code for table in told_again(last.told).tables] == ["ladder"]
    with pytest.raises(refusals.NotThatFar):
        check_again(last, "ladder", last.version, staff(MAKES), moment(NOW))


def test_nothing_is_told_of_too_few(quarter):
    town(QUARTER, quarter, people={"2026-Q3": 20})
    edition = begun("2026-Q3")
    assert edition.state is EditionState.REFUSED
    assert "nothing can be told" in edition.refusal


def test_a_change_of_words_takes_both_signatures_away(quarter):
    edition = signed(worded(begun("2026-Q3")))
    words = Words(edition.headline, edition.second, "other@example.org", None)
    say(edition, words, edition.version, staff(MAKES), moment(NOW))
    assert (edition.signed_at, edition.second_id, edition.second_signed_at) == (None, None, None)
    with pytest.raises(refusals.NotThatFar):
        freeze(edition, edition.version, staff(MAKES), moment(NOW))


def test_a_number_that_stands_nowhere_is_refused(quarter):
    edition = worded(begun("2026-Q3"))
    words = Words("Almost 13,000 people were met.", "", "x", None)
    with pytest.raises(refusals.NumberWithoutACell) as found:
        say(edition, words, edition.version, staff(MAKES), moment(NOW))
    assert found.value.fields == ("headline",)
    assert "13,000" in found.value.sentence
    words = Words("32 people were met within 28 days in 2026.", "", "x", None)
    say(edition, words, edition.version, staff(MAKES), moment(NOW))


def test_who_made_it_does_not_sign_second_and_nobody_signs_unasked(quarter):
    edition = worded(begun("2026-Q3"))
    seen = edition.version
    with pytest.raises(refusals.NeedsASecond):
        sign_first(edition, None, seen, staff(MAKES), moment(NOW))
    with pytest.raises(refusals.SomebodyElseSigns):
        sign_first(edition, None, seen, staff(SIGNS), moment(NOW))
    with pytest.raises(refusals.NotThatFar):
        sign_second(edition, seen, staff(SIGNS), moment(NOW))
    signed(edition)
    with pytest.raises(refusals.SomebodyElseSigns):
        sign_second(edition, edition.version, staff(MAKES), moment(NOW))
    with pytest.raises(StaleEdit):
        freeze(edition, seen, staff(MAKES), moment(NOW))


def test_what_everybody_may_read_is_not_frozen_with_one_signature(quarter):
    edition = worded(begun("2026-Q3"))
    second = db.session.scalars(select(User).filter_by(name=SIGNS)).one()
    sign_first(edition, second, edition.version, staff(MAKES), moment(NOW))
    with pytest.raises(refusals.NotThatFar):
        freeze(edition, edition.version, staff(MAKES), moment(NOW))


def test_what_was_frozen_meanwhile_has_to_be_looked_at_again(quarter):
    first = signed(worded(begun("2026-Q3")))
    out("2026-07")
    with pytest.raises(refusals.RegisterMovedOn):
        freeze(first, first.version, staff(MAKES), moment(NOW))
    check_again(first, "", first.version, staff(MAKES), moment(NOW))
    counted(first)
    assert first.signed_at is None


def test_it_is_taken_back_until_it_is_out_and_corrected_after(quarter):
    edition = out("2026-Q3", release_at=moment("2026-12-10 09:30"))
    assert not edition.is_out(moment(NOW))
    with pytest.raises(refusals.OutAlready):
        take_back(edition, edition.version, staff(MAKES), moment("2026-12-10 09:31"))
    with pytest.raises(refusals.PublishedAlready):
        begin(details("2026-Q3"), staff(MAKES), moment(NOW))
    take_back(edition, edition.version, staff(MAKES), moment(NOW))
    assert not frozen(Audience.PUBLIC)
    with pytest.raises(refusals.NothingToCorrect):
        begin(details("2026-Q3", why_revised="x"), staff(MAKES), moment(NOW))


def test_a_correction_by_a_few_people_is_held_back(quarter):
    out("2026-Q3")
    town(QUARTER | {"2026-Q3": 35}, quarter)
    later = "2026-11-03 09:00"
    edition = begun("2026-Q3", later, why_revised="late entries")
    assert edition.state is EditionState.REFUSED
    assert "changed by so few people" in edition.refusal
    town(QUARTER | {"2026-Q3": 45}, quarter)
    assert begun("2026-Q3", later, why_revised="late entries").state is EditionState.DRAFT


def test_a_draft_that_nobody_went_on_with_is_too_old(quarter):
    edition = begun("2026-Q3")
    with pytest.raises(refusals.DraftTooOld):
        looked_at(edition, edition.version, staff(MAKES), moment("2026-11-20 09:00"))


def test_a_period_that_runs_is_not_published(quarter):
    with pytest.raises(refusals.PeriodRuns):
        begin(details("2026-11"), staff(MAKES), moment(NOW))
    with pytest.raises(refusals.ReleaseBeforeFreeze):
        begin(details("2026-Q3", release_at=moment("2026-11-01 09:00")), staff(MAKES), moment(NOW))


def test_partners_need_one_signature_and_see_smaller_numbers(quarter):
    town({"2026-07": 7}, quarter)
    edition = worded(begun("2026-07", audience=Audience.PARTNER))
    assert value(edition, "indicator", "number") == 7
    sign_first(edition, None, edition.version, staff(MAKES), moment(NOW))
    freeze(edition, edition.version, staff(MAKES), moment(NOW))
    assert edition in frozen(Audience.PARTNER)
    assert edition not in frozen(Audience.PUBLIC)
