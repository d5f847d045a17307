"""A report whose numbers are invented, with every drawing in it: for the page of the language."""

import re
from datetime import date, datetime

from referral.published.audiences import Audience
from referral.published.tables import About, Code, Column, Number, Row, Table, Told

LADDER = """
booked | Booked | 19412 [z] [z] [z] [z]
asked | Asked | 15874 2931 0 607 82
agreed | Agreed | 2846 12204 0 824 18
referred | Referred | 1941 702 41 162 69
accepted | Accepted | 1632 187 28 94 86
met | Met in 28 days | 968 391 58 215 62
better | Better at 12 weeks | 231 73 611 53 [x]
"""
LOSSES = """
why:RELQ | Nobody asked: Released too quickly | 1402
why:NOSTAFF | Nobody asked: No staff time | 903
why:OTHER | Nobody asked: Other | 626
why:CHILD | Nobody asked: Under 16: other route | 0
no:NONEED | Did not agree: Says no need | 7810
no:TRUST | Did not agree: Does not trust police or services | 2904
no:no_reason | Did not agree: Declined, no reason given | 1490
refused:CAP | Not taken on: No capacity | 109
refused:AREA | Not taken on: Outside area | [c]
"""
QUARTERS = """
2024-Q4 | Oct–Dec 24 | 612 221
2025-Q1 | Jan–Mar 25 | 745 283
2025-Q2 | Apr–Jun 25 | 861 351
2025-Q3 | Jul–Sep 25 | 1024 [c]
2025-Q4 | Oct–Dec 25 | 1238 560
2026-Q1 | Jan–Mar 26 | 1467 694
2026-Q2 | Apr–Jun 26 | 1702[r] 829
2026-Q3 | Jul–Sep 26 | 1941 968
"""
DIVISIONS = """
S92000003 | Scotland | 5.6 6.1 6.6 7.2 8.1 8.9 9.5 10
G | Greater Glasgow | 6.1 6.5 7.4 8.6 9.1 10.3 11.4 12.1
E | Edinburgh | 5.9 6.6 7.1 8.2 8.8 9.9 10.9 11.4
P | Fife | 5.1 6.2 6.9 7.8 8.9 9.6 10.2 11
J | The Lothians and Scottish Borders | 6 6.2 6.9 7.1 7.7 8.2 8.8 9.1
U | Ayrshire | 4.9 5.2 6.1 6.8 7.9 8.8 9.1 9.8
N | Highland and Islands | 2.1 [c] 3 3.2 3.9 4.6 5.2 5.9
L | Argyll and West Dunbartonshire | [c] [c] [c] [c] [c] [c] [c] [c]
"""
COUNCILS = """
S12000033 | Aberdeen City | 118
S12000034 | Aberdeenshire | 42
S12000041 | Angus | 29
S12000035 | Argyll and Bute | [c]
S12000036 | City of Edinburgh | 241
S12000005 | Clackmannanshire | 14
S12000006 | Dumfries and Galloway | [c]
S12000042 | Dundee City | 104
S12000008 | East Ayrshire | 47
S12000045 | East Dunbartonshire | 15
S12000010 | East Lothian | 24
S12000011 | East Renfrewshire | 12
S12000014 | Falkirk | 52
S12000047 | Fife | 129
S12000049 | Glasgow City | 338
S12000017 | Highland | 28
S12000018 | Inverclyde | 38
S12000019 | Midlothian | 31
S12000020 | Moray | 19
S12000013 | Na h-Eileanan Siar | [c]
S12000021 | North Ayrshire | 44
S12000050 | North Lanarkshire | 121
S12000023 | Orkney Islands | [c]
S12000048 | Perth and Kinross | 37
S12000038 | Renfrewshire | 61
S12000026 | Scottish Borders | 22
S12000027 | Shetland Islands | [c]
S12000028 | South Ayrshire | 31
S12000029 | South Lanarkshire | 104
S12000030 | Stirling | 21
S12000039 | West Dunbartonshire | 41
S12000040 | West Lothian | 71
unknown | Not known, or no abode | 76
"""
NEEDS = """
mental | Mental health | 6842 712 341
alcohol | Alcohol | 5120 598 287
drugs | Drugs | 4987 803 402
housing | Housing | 2310 341 148
gambling | Gambling | 96 [c] [c]
"""
WAITS = """
answer | The service answers | 1819 1.1 4.2
try | First try to reach them | 1571 1.9 7.8
meeting | First meeting | 968 9 24
start | Drug or alcohol start | 402 13 31
court | After a night in court | 12 [c] [c]
"""
KNOWN = """
asked | Asked or not | 97
answer | The service’s answer | 95
came | Came or not | 86
ethnicity | Ethnicity | 71
home | Home council | [c]
"""
DOORS = """
custody | Custody staff asked | 1402 811
court | Met in the cells of a court | 388 120
self | Called or came by themselves | 151 37
mentor | Through a peer mentor | [c] [c]
"""
GAP = """
sent | Sent by custody to drug and alcohol services | 86
self | Came by their own door, counted as “self” | -19
other | Sent by a third sector worker, counted as “other” | -8
late | Not yet entered | -6
court | From court or prison, not custody | 11
official | Official, Criminal justice | 64
"""
REVISIONS = """
asked | Asked, Scotland, April to June 2026 | 15102 15124
referred | Referred, Edinburgh, April to June 2026 | 225 239
"""
STEP_COLUMNS = (
    Column("reached", "went on", "people"),
    Column("not_reached", "did not", "people"),
    Column("not_yet", "not yet", "people"),
    Column("unknown", "unknown", "people"),
    Column("share", "share", "%"),
)
NEED_COLUMNS = (
    Column("told", "said so", "people"),
    Column("referred", "referred for it", "people"),
    Column("engaged", "met", "people"),
)
WAIT_COLUMNS = (
    Column("people", "people", "people"),
    Column("median", "half", "days"),
    Column("p90", "nine in ten", "days"),
)
SENTENCES = (
    "One in ten people booked into custody was referred to a service. Six in ten of those accepted"
    " met it within 28 days.",
    "1,941 people were referred, 14 % more than the quarter before. The largest loss is the offer"
    " itself: 12,204 people said no, 2,931 were not asked.",
)
DEFINITIONS = {
    "Booked": "People with at least one stay that began in the period; each once.",
    "Referred": "Sent to at least one service, whatever its answer.",
    "Met in 28 days": "Came to at least one appointment within 28 days of the yes.",
}


def invented(at: datetime) -> Told:
    """The report, as at a moment."""
    about = About(
        "invented", "Support after arrest", "2026-Q3", date(2026, 7, 1), date(2026, 9, 30),
        "S92000003", "Scotland", Audience.PUBLIC, at, at, "1", running=True,
    )  # fmt: skip
    return Told(about, _tables(), SENTENCES, DEFINITIONS, ("All numbers here are invented.",))


def _tables() -> tuple[Table[Number], ...]:
    people = Column("people", "people", "people")
    lines = (Column("referred", "Referred to a service", "people"),
             Column("met", "Met within 28 days", "people"))  # fmt: skip
    each = tuple(Column(row.code, row.title, "%") for row in rows_of(QUARTERS))
    ways = (Column("referred", "referred", "people"), Column("met", "met", "people"))
    changed = (Column("was", "Was", "people"), Column("is", "Is", "people"))
    return (
        table("ladder", "The way, step by step", "step", STEP_COLUMNS, LADDER),
        table("losses", "Where people were lost, and why", "loss", (people,), LOSSES),
        table("trend", "Three times as many as two years ago", "quarter", lines, QUARTERS),
        table("multiples", "Referred of 100 booked, by division", "area", each, DIVISIONS),
        table("tiles", "Where they live", "council", (people,), COUNCILS),
        table("nested", "By need", "need", NEED_COLUMNS, NEEDS),
        table("bars", "By which door", "door", ways, DOORS),
        table("waits", "How long it took", "wait", WAIT_COLUMNS, WAITS),
        table("known", "How much is known", "fact", (Column("known", "known", "%"),), KNOWN),
        table("bridge", "Why the official figure is smaller", "step", (people,), GAP),
        table("", "Changed since the edition before", "number", changed, REVISIONS),
    )  # fmt: skip


def table(drawn: str, title: str, of: str, columns: tuple[Column, ...], rows: str) -> Table[Number]:
    """A table of lines such as “asked | Asked | 15874 [c] 82”; its code is how it is drawn."""
    about = "Invented numbers, July to September 2026."
    return Table(drawn or "alone", title, about, of, columns, tuple(rows_of(rows)), (), drawn)


def rows_of(lines: str) -> list[Row[Number]]:
    """The rows that lines tell."""
    split = (line.split(" | ") for line in lines.strip().splitlines())
    return [Row(code, title, tuple(map(_cell, cells.split()))) for code, title, cells in split]


def _cell(told: str) -> Number:
    """'82', '1702[r]' and '[c]' as cells."""
    value, code = re.fullmatch(r"([-\d.]*)(?:\[(.)\])?", told).groups()  # type: ignore[union-attr]
    whole = float(value) if "." in value else int(value or 0)
    return Number(whole if value else None, Code(code or ""))
