"""The days of a published figure are read as a report reads its period, and never stretched."""

from datetime import date

import pytest
from official.figures import TODAY, part

from referral.errors import RuleBroken
from referral.official.spans import NoSpan, Span, quarters_in, span_of
from referral.official.throughput import figures_in
from referral.published.periods import period_of

TEXTS = [
    "2024", "2024-q1", "2024-Q4", "2024-01", "2024-02", "2024-12", "2024-13", "2023-24", "2024-26",
    "2010-11", "2010-12", "2012-13", "", "2024-Q5", "24", "2024Q1", "1999", "last year", " 2024 ",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_period_is_read_as_a_report_reads_it(text):
    try:
        report = period_of(text)
    except RuleBroken:
        with pytest.raises(NoSpan):
            span_of(text, TODAY)
    else:
        assert span_of(text, TODAY) == Span(report.first, report.last)


def test_two_days_are_a_period_too_both_in():
    months = Span(date(2024, 4, 1), date(2024, 10, 31))
    assert span_of("1 April 2024 to 31 October 2024", TODAY) == months
    assert span_of("2024-04-01 to 31.10.24", TODAY) == months
    for wrong in ("1 April 2024 to", "31 October 2024 to 1 April 2024", "30 2 2024 to 1 3 2024"):
        with pytest.raises(NoSpan):
            span_of(wrong, TODAY)


def test_quarters_make_up_a_period_exactly_or_not_at_all():
    def firsts(text):
        return [quarter.first.month for quarter in quarters_in(span_of(text, TODAY))]

    assert firsts("2023-24") == [4, 7, 10, 1]
    assert firsts("2024") == [1, 4, 7, 10]
    assert firsts("2024-Q2") == [4]
    assert (
        firsts("2024-04")
        == firsts("1 4 2024 to 31 10 2024")
        == firsts("2 4 2024 to 30 6 2024")
        == []
    )


def test_two_sources_of_one_period_stand_side_by_side_with_their_words():
    found = figures_in(
        [part("2023-24", 102, "A"), part("2023-24", 99, "B")], span_of("2023-24", TODAY)
    )
    assert [(one.number, one.source) for one in found] == [(102, "A"), (99, "B")]
    assert found[0].words == "A, published 1 June 2025"


def test_months_of_one_source_and_definition_make_a_quarter_and_nothing_less_does():
    quarter = span_of("2024-Q2", TODAY)
    months = [part(f"2024-0{n}", 10**n) for n in (4, 5, 6)]
    [found] = figures_in(months, quarter)
    assert (found.number, len(found.parts)) == (1_110_000, 3)
    assert found.words == "Invented bulletin, published 1 June 2025; 3 figures added up"
    assert figures_in(months[:2], quarter) == []
    assert figures_in([*months[:2], part("2024-06", 1, "Another")], quarter) == []
    assert figures_in([*months[:2], part("2024-06", 1, of="people")], quarter) == []
    overlapping = [part("2024-04", 1), part("15 4 2024 to 31 5 2024", 1), months[2]]
    assert figures_in(overlapping, quarter) == []


def test_what_was_published_of_the_period_itself_goes_before_a_sum():
    rows = [part(f"2024-0{n}", 1) for n in (4, 5, 6)]
    [found] = figures_in([*rows, part("2024-Q2", 4)], span_of("2024-Q2", TODAY))
    assert (found.number, len(found.parts)) == (4, 1)
    halves = [part("2024-Q1", 5), part("2024-Q2", 4), *rows]
    [found] = figures_in(halves, span_of("1 1 2024 to 30 6 2024", TODAY))
    assert (found.number, len(found.parts)) == (9, 2)


def test_a_longer_period_is_never_cut():
    assert figures_in([part("2023-24", 100)], span_of("2023-Q2", TODAY)) == []
