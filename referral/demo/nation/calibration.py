"""What was published of custody in Scotland, and what is assumed where nothing was.

Throughput by centre, 2023-24: HM Inspectorate of Constabulary in Scotland, custody inspections of
Greater Glasgow, of Forth Valley, and of Argyll and West Dunbartonshire. The first two say 99,986
for the whole country; the third says 102,179. By region, April to October 2024: 60,180 stays, of
them 12,623 North, 15,495 East and 32,062 West; a centre without a figure of its own has an assumed
share of what is left of its region. Needs disclosed, and a referral rate of about 1 %: HMICS on
police drug harm reduction, paragraph 273. Sex: Police Scotland, October to December 2022: 19,915
male, 4,508 female, 15 unknown. Children: April to June 2023: 1,151 of 27,897.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

SPAN = timedelta(days=3652)
DISCLOSED: Mapping[str, float] = {"DRUG": 0.16, "ALC": 0.14, "MH": 0.43}
REFERRED_FIRST = 0.01  # of all stays; what it grows to is the demo's own
REFERRED_LAST = 0.10
AGREED = 1.4  # times as many as are referred; not published
SEXES: Mapping[str, int] = {"M": 19_915, "F": 4_508, "U": 15}
CHILDREN = 1_151 / 27_897
RETURNS = 0.22  # of all stays, of somebody who was there before; not published
AT_HOME = 0.85  # live in the council area of the centre; not published


@dataclass(frozen=True)
class Centre:
    """A custody centre: its council area, its region, how many stays a year begin there."""

    name: str
    council: str
    region: str
    a_year: int
    published: bool = False


CENTRES: Sequence[Centre] = (
    Centre("Govan", "S12000049", "West", 8412, published=True),
    Centre("London Road", "S12000049", "West", 7112, published=True),
    Centre("Cathcart", "S12000049", "West", 2973, published=True),
    Centre("Clydebank", "S12000039", "West", 5323, published=True),
    Centre("Oban", "S12000035", "West", 468, published=True),
    Centre("Lochgilphead", "S12000035", "West", 106, published=True),
    Centre("Dunoon", "S12000035", "West", 206, published=True),
    Centre("Campbeltown", "S12000035", "West", 120, published=True),
    Centre("Rothesay", "S12000035", "West", 124, published=True),
    Centre("Tobermory", "S12000035", "West", 11, published=True),
    Centre("Craignure", "S12000035", "West", 9, published=True),
    Centre("Tiree", "S12000035", "West", 2, published=True),
    Centre("Bowmore", "S12000035", "West", 33, published=True),
    Centre("Coatbridge", "S12000050", "West", 7500),
    Centre("Motherwell", "S12000050", "West", 7100),
    Centre("Kilmarnock", "S12000008", "West", 5000),
    Centre("Greenock", "S12000018", "West", 4000),
    Centre("Dumfries", "S12000006", "West", 2500),
    Centre("Saltcoats", "S12000021", "West", 1870),
    Centre("Stranraer", "S12000006", "West", 400),
    Centre("Falkirk", "S12000014", "East", 5057, published=True),
    Centre("St Leonards", "S12000036", "East", 9300),
    Centre("Livingston", "S12000040", "East", 4100),
    Centre("Kirkcaldy", "S12000047", "East", 3050),
    Centre("Dunfermline", "S12000047", "East", 2340),
    Centre("Dalkeith", "S12000019", "East", 1450),
    Centre("Hawick", "S12000026", "East", 447),
    Centre("Kittybrewster", "S12000033", "North", 8500),
    Centre("Dundee", "S12000042", "North", 6750),
    Centre("Inverness", "S12000017", "North", 3320),
    Centre("Elgin", "S12000020", "North", 1000),
    Centre("Fort William", "S12000017", "North", 400),
    Centre("Wick", "S12000017", "North", 353),
    Centre("Lerwick", "S12000027", "North", 225),
    Centre("Stornoway", "S12000013", "North", 215),
    Centre("Kirkwall", "S12000023", "North", 210),
)
REGIONS = ("West", "East", "North")
HOME_OF_THE_STORY = "West"  # where the staff of the small demo work


def referred(passed: float) -> float:
    """The share of stays that lead to a referral, after a part of the ten years from 0 to 1."""
    return REFERRED_FIRST + (REFERRED_LAST - REFERRED_FIRST) * passed


def sizes(bookings: int) -> list[int]:
    """How many of so many stays begin at each centre: in proportion, to the last one."""
    whole = sum(centre.a_year for centre in CENTRES)
    exact = [bookings * centre.a_year / whole for centre in CENTRES]
    found = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda n: (found[n] - exact[n], n))
    for n in by_rest[: bookings - sum(found)]:
        found[n] += 1
    return found
