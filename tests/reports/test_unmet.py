"""Needs that nobody could take: by need, by month, by reason, and withheld like all else."""

from reports.counting import cells, many, own, told_to, values

from referral.published.audiences import Audience
from referral.published.tables import Code

NOBODY = """
2026-07-03 09:00 {} booked at Govan
2026-07-03 09:30 {} agreed telling DRUG HOUS
2026-07-03 10:00 {} unmet full DRUG
"""
STORY = (
    NOBODY.replace("{}", "Ann")
    + """
2026-07-04 10:00 Ann unmet none DRUG HOUS
2026-08-05 09:00 Bob booked at Falkirk
2026-08-05 09:30 Bob agreed telling HOUS
2026-08-05 10:00 Bob unmet none HOUS
2026-08-06 09:00 Cat booked at Govan
"""
)


def test_people_are_counted_once_however_often_it_was_written_down(stories):
    stories.play(STORY)
    told = own("unmet")
    assert values(told, "unmet", "") == [2]
    assert values(told, "unmet", "DRUG") == [1]
    assert values(told, "unmet", "HOUS") == [2]
    assert values(told, "unmet_reasons", "none") == [2]
    assert values(told, "unmet_reasons", "full") == [1]
    assert values(told, "unmet_months", "") == [1, 1, 0]
    assert values(told, "unmet_months", "DRUG") == [1, 0, 0]


def test_it_is_told_as_it_stood(stories):
    stories.play(STORY)
    assert values(own("unmet", when="2026-07-03 11:00"), "unmet", "") == [1]


def test_a_month_alone_has_no_months(stories):
    stories.play(STORY)
    codes = [table.code for table in own("unmet", period="2026-07").tables]
    assert codes == ["ladder", "unmet", "unmet_reasons"]


def test_a_need_that_a_service_takes_on_counts_no_more(stories):
    stories.play(NOBODY.replace("{}", "Ann"))
    stories.play("2026-07-05 10:00 Ann referred to hub\n2026-07-06 10:00 Ann accepted by hub")
    told = own("unmet")
    assert values(told, "unmet", "") == [0]


def test_few_are_withheld_with_what_would_give_them_away(stories):
    booked = "2026-07-03 09:00 {} booked at Govan\n"
    stories.play(many(booked, 28) + many(NOBODY, 6, 28))
    partner = told_to(Audience.PARTNER, "unmet")
    assert values(partner, "unmet", "DRUG") == [6]
    public = told_to(Audience.PUBLIC, "unmet")
    assert cells(public, "unmet", "DRUG")["people"].code is Code.WITHHELD
    assert cells(public, "unmet_months", "")["2026-07"].code is Code.WITHHELD
