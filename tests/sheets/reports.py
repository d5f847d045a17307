"""Reports as they are told: one that is known by heart, and any other with hostile words in it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from referral.published.audiences import Audience
from referral.published.tables import About, Code, Column, Number, Row, Table, Told
from referral.sheets.plain import one_line

AT = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
HOSTILE = [
    *("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1+1", " =1", "\x00=1"),
    *('say "so"', "two\nlines", "a,b;c\td", "'quoted'", "\x07bell\x1b[0m", "<b>&amp;</b>", "]]>"),
    *("\ufeff=1", "\ud800=1", "\ufffe+1", "Àrainn “Ròs”", "", "   ", "x" * 80, "[c]", "🙂" * 40),
]


def about(
    audience: Audience = Audience.PUBLIC,
    *,
    title: str = "From custody to support",
    period: tuple[str, date, date] = ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
) -> About:
    """What the known report is about."""
    return About("ladder", title, *period, "S92000003", "Scotland", audience, AT,
                 AT + timedelta(minutes=3), "7")  # fmt: skip


def known() -> Told:
    """Two tables with each code, and one with words in it."""
    ladder = Table(
        "ladder",
        "How far people came, step by step",
        "Of all who came into custody.",
        "step",
        (
            Column("people", "People", "people"),
            Column("share", "Of the step before", "%"),
            Column("days", "Middle wait", "days"),
        ),
        (
            Row("asked", "Asked", (Number(4100), Number(82), Number(None, Code.NONE))),
            Row("referred", "Referred", (Number(57, Code.REVISED), Number(0, Code.NEARLY_NONE),
                                         Number(4.5))),
            Row("engaged", "Engaged", (Number(None, Code.WITHHELD), Number(None, Code.TOO_EARLY),
                                       Number(None, Code.NOT_KNOWN))),
        ),
        notes=("Asked means that the question was put.",),
    )  # fmt: skip
    change = Column("change", "Change", "people")
    source = Column("source", "Where the figure comes from", "")
    councils = Table(
        "councils",
        "How many more were asked, by council of the custody centre",
        "",
        "council",
        (change, source),
        (
            Row("S12000049", "Glasgow City", (Number(-12), Number("The desk"))),
            Row("S12000036", "City of Edinburgh", (Number(0), Number("-5 of them by phone"))),
        ),
    )
    return Told(
        about(),
        (ladder, councils),
        ("Of 5,000 people, 4,100 were asked.",),
        {"Asked": "The question was put, whatever they said."},
        ("Counts are of people, not of stays.",),
    )


words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40), st.text("=+-@\t\r\n '\"a1"))
codes = st.one_of(
    st.from_regex(r"[A-Za-z0-9_]{1,12}", fullmatch=True), st.sampled_from(["=1", "-", "@x", "+2"])
)
numbers = st.one_of(
    st.builds(Number, st.integers(-(10**9), 10**9), st.sampled_from(["", Code.REVISED])),
    st.builds(Number, st.floats(-1e6, 1e6).map(lambda it: round(it, 3))),
    st.builds(Number, words.filter(one_line)),
    st.sampled_from([Number(None, code) for code in Code] + [Number(0, Code.NEARLY_NONE)]),
).map(lambda number: Number(number.value, Code(number.code)))
days = st.dates(date(1990, 1, 1), date(2040, 1, 1))
moments = st.datetimes(datetime(1970, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def tables(draw: st.DrawFn, code: str) -> Table[Number]:
    columns = draw(st.lists(codes, min_size=1, max_size=4, unique=True))
    rows = draw(st.lists(codes, max_size=5, unique=True))
    return Table(
        code,
        draw(words),
        draw(words),
        draw(words),
        tuple(Column(column, draw(words), draw(words)) for column in columns),
        tuple(Row(row, draw(words), tuple(draw(numbers) for _ in columns)) for row in rows),
        tuple(draw(st.lists(words, max_size=2))),
    )


@st.composite
def reports(draw: st.DrawFn) -> Told:
    """Any report: what it says may be anything, codes of one kind differ."""
    names = draw(st.lists(codes, max_size=3, unique=True))
    first, last = sorted([draw(days), draw(days)])
    of = About(draw(codes), draw(words), draw(words), first, last, draw(codes), draw(words),
               draw(st.sampled_from(Audience)), draw(moments), draw(moments), draw(words),
               draw(st.booleans()))  # fmt: skip
    defined = draw(st.dictionaries(words, words, max_size=3))
    return Told(of, tuple(draw(tables(name)) for name in names),
                tuple(draw(st.lists(words, max_size=2))), defined,
                tuple(draw(st.lists(words, max_size=2))))  # fmt: skip
