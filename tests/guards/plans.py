"""How each engine reads for a statement, and which reads grow with what the tables hold.

A read grows when it goes through a whole table that grows, or through all rows that share what
many rows share: all stays that a centre ever had, all work of a state. Every table grows but those
named here.
"""

import json
import re
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from referral.db import Model

ROWS = 100_000
SMALL = {
    "api_token": "a few keys an organisation",
    "audit_head": "one row",
    "changed_day": "a few days a year",
    "code": "the words of the lists",
    "consent_words": "one row a version of a text",
    "council": "32 rows",
    "cover": "a few a year and worker",
    "custody_centre": "some dozens",
    "deadline_amount": "one row a change of a rule",
    "demo_mark": "one row",
    "edition": "some dozens a year",
    "factor_reset": "a few a year: who lost both app and recovery codes",
    "harm_alert": "a few a year",
    "harm_alert_council": "a few a warning",
    "harm_alert_read": "who has read a warning",
    "instrument_switch": "one row an instrument",
    "message_words": "one row a version of a text",
    "news_look": "one row an account",
    "official_file": "some a year",
    "organisation": "some hundreds",
    "own_page_words": "one row a version of a text",
    "organisation_council": "some hundreds",
    "saved_filter": "twenty a worker",
    "schedule": "one row a rhythm",
    "second_factor": "one row an account",
    "service": "some hundreds",
    "service_council": "some thousands",
    "service_need": "some thousands",
    "service_places": "one row a week of a service",
    "team_centre": "some dozens",
    "throughput": "some hundreds",
    "tour": "one row an account",
    "user_account": "some thousands, and only the administrator looks through them",
}
OWN_HISTORY = "all that one service or team ever had: 12 ms of 100,000 stays of one team"
OF_A_PERIOD = "PostgreSQL alone: the period has most of what is invented"
# what is read by these columns, or whole, and where; each with its reason
KEPT = {
    ("audit_event", "", "/trail? as"): "to check the chain is to read it",
    ("audit_event", "", "audit verify"): "to check the chain is to read it",
    ("audit_event", "", "/trail? first last"): "PostgreSQL alone: backwards where that ends sooner",
    ("job", "", "jobs.jobs"): "the administrator's count of all work: 10 ms of 30,000",
    ("job", "owner_id state", ""): "what failed, until its owner has seen to it",
    ("job", "state", "jobs.undelivered_page"): "what failed, until its owner has seen to it",
    ("joining", "", "joining.queue"): "joined records, some hundreds a year",
    ("joining", "", "oversight.joinings"): "joined records, some hundreds a year",
    ("referral", "service_id", "api.listed"): OWN_HISTORY,
    ("referral", "service_id", "inbox.inbox_page"): OWN_HISTORY,
    ("referral_case", "team_id", "joining.queue"): OWN_HISTORY,
    ("referral", "service_id", "handoff.still_with"): OWN_HISTORY,
    ("observation", "kind", "reports.outcomes"): OF_A_PERIOD,
    ("observation", "kind", "reports.outcomes_csv"): OF_A_PERIOD,
    ("observation", "kind", "reports.outcomes_pdf"): OF_A_PERIOD,
    ("observation", "kind", "desk.centre_now"): OF_A_PERIOD + "; once in ten minutes",
    ("offer", "", "reports.outcomes"): OF_A_PERIOD,
    ("offer", "", "reports.outcomes_csv"): OF_A_PERIOD,
    ("offer", "", "reports.outcomes_pdf"): OF_A_PERIOD,
    ("offer", "", "desk.centre_now"): OF_A_PERIOD + "; once in ten minutes",
    ("person", "council_code", "/cases?tab=team? council"): "PostgreSQL alone: a council's people",
    ("referral_case", "team_id", "doors.sure"): OWN_HISTORY,
    ("booking", "", "reports.unmet"): OF_A_PERIOD,
    ("booking", "", "reports.outcomes"): OF_A_PERIOD,
    ("booking", "", "reports.outcomes_csv"): OF_A_PERIOD,
    ("booking", "", "reports.outcomes_pdf"): OF_A_PERIOD,
    ("measure_again", "", "reports.outcomes"): OF_A_PERIOD,
    ("measure_again", "", "reports.outcomes_csv"): OF_A_PERIOD,
    ("measure_again", "", "reports.outcomes_pdf"): OF_A_PERIOD,
    ("contact_plan", "", "work"): "PostgreSQL alone, once an hour: the plans that have not ended",
    ("daisy_count", "file_id", "official.front"): "what is in the few files of a page",
    ("stay_facts", "", "work"): "an edition counts what was settled, in few weeks of a demo",
    ("job", "state", "work"): "what runs now: one row a worker",
}
# what thousands of rows have in common, besides that they refer to a small table
COMMON = {"answer", "kind", "move", "permission", "purpose", "state", "step", "tag"}


@dataclass(frozen=True)
class Read:
    """That rows of a table are read by these columns; by none for all of its rows."""

    table: str
    by: frozenset[str]
    first: bool = field(default=False, compare=False)  # the outermost of a statement


@dataclass(frozen=True)
class Statement:
    """A statement as it reached the database, and the page or round that made it."""

    place: str
    text: str
    values: object


def growing() -> dict[str, set[str]]:
    """Each table that grows, with its columns that many rows have in common."""
    return {
        name: COMMON
        | {
            column.name
            for column in table.columns
            if any(key.target_fullname.split(".")[0] in SMALL for key in column.foreign_keys)
        }
        for name, table in Model.metadata.tables.items()
        if name not in SMALL
    }


def partial() -> set[str]:
    """The indexes that hold a few rows only: those that are open, say. To walk one is no scan."""
    indexes = [index for table in Model.metadata.tables.values() for index in table.indexes]
    return {i.name for i in indexes if i.dialect_options["sqlite"]["where"] is not None}


def not_kept(place: str, read: Read) -> bool:
    """Whether nobody has given a reason for a read at a place."""
    table, by = read.table, " ".join(sorted(read.by))
    return not {(table, by, place), (table, by, "")} & KEPT.keys()


def too_much(connection: Connection, statement: Statement) -> set[Read]:
    """The reads of a statement that grow. A walk along an index that ends with the page is none."""
    sqlite = connection.dialect.name == "sqlite"
    plan = _sqlite_plan if sqlite else _postgres_plan
    reads, in_order = plan(connection, statement)
    grow, ends = growing(), in_order and "LIMIT" in statement.text
    bare = " WHERE " not in " ".join(statement.text.split())
    return {
        read
        for read in reads
        if read.table in grow
        and read.by <= grow[read.table]
        and not (ends and (bare or (read.by and read.first)))
    }


def _asked(connection: Connection, word: str, statement: Statement) -> list:
    return connection.exec_driver_sql(word + statement.text, statement.values).fetchall()


def _sqlite_plan(connection: Connection, statement: Statement) -> tuple[list[Read], bool]:
    """The reads of a statement, and whether rows come in order without being sorted."""
    lines = [str(row[3]) for row in _asked(connection, "EXPLAIN QUERY PLAN ", statement)]
    reads = [read for line in lines if (read := _sqlite_read(line, lines))]
    return reads, not any("TEMP B-TREE" in line for line in lines)


def _sqlite_read(line: str, lines: list[str]) -> Read | None:
    found = re.match(r"(SCAN|SEARCH) (\w+)(.*)", line)
    if not found:
        return None
    table = re.sub(r"_\d+$", "", found[2])
    if (index := re.search(r"INDEX (\w+)", found[3])) and index[1] in partial():
        return Read(table, frozenset({index[1]}), first=line == lines[0])
    by = re.search(r"\(([^()]*)\)", found[3]) if found[1] == "SEARCH" else None
    if (
        found[1] == "SEARCH" and by is None and index
    ):  # a step to the end of an index: the greatest value
        return None
    if by is None or "AUTOMATIC" in found[3]:  # an index made for this one statement reads it all
        return Read(table, frozenset(), first=line == lines[0])
    return Read(table, frozenset(re.findall(r"(\w+)[=<>]", by[1])), first=line == lines[0])


def _postgres_plan(connection: Connection, statement: Statement) -> tuple[list[Read], bool]:
    found = _asked(connection, "EXPLAIN (FORMAT JSON) ", statement)[0][0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    reads, kinds = _postgres_reads(plan)
    return reads, not kinds & {"Sort", "Incremental Sort", "Hash Join", "Merge Join"}


def _postgres_reads(node: dict, deep: int = 0) -> tuple[list[Read], set[str]]:
    """The reads at and below a node; a bitmap's columns are those of the indexes below it."""
    if _is_greatest(node):
        return [], {node["Node Type"]}
    below = [_postgres_reads(child, deep + n) for n, child in enumerate(node.get("Plans", ()))]
    reads = [read for found, _ in below for read in found]
    kinds = {node["Node Type"]}.union(*(found for _, found in below))
    by = frozenset(re.findall(r"\(*(\w+)\)?(?:::\w+)? (?:=|<|>|IS )", node.get("Index Cond", "")))
    by |= {node.get("Index Name", "")} & partial()
    table = node.get("Relation Name", "")
    if node["Node Type"] == "Bitmap Heap Scan":
        by = frozenset().union(*(read.by for read in reads if not read.table))
        reads = [read for read in reads if read.table]
    if node["Node Type"] == "Bitmap Index Scan" or (table and node["Node Type"] != "ModifyTable"):
        reads.append(Read(table, by, first=deep == 0))
    return reads, kinds


def _is_greatest(node: dict) -> bool:
    """Whether this asks for the greatest value alone, at the end of an index."""
    if node["Node Type"] != "Limit" or node.get("Parent Relationship") != "InitPlan":
        return False
    [child] = node["Plans"]
    return child["Node Type"].startswith("Index") and "Filter" not in child


def pretend(connection: Connection) -> None:
    """Let PostgreSQL plan for a nation's year: 100,000 rows in each table that grows.

    Two of each person, shared by fifty centres, teams or services; of a hundred one is open.

    A report of a quarter of that is rightly made by reading tables whole. So the engine is kept
    from it wherever there is another way: what is still read whole has no index that serves.
    The small tables are counted too, or a plan depends on whether the server just came to that.
    SQLite needs nothing: without statistics, which nobody gathers there, it plans for a million.
    """
    if connection.dialect.name == "sqlite":
        return
    for way in ("seqscan", "hashjoin", "mergejoin"):
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    for table in SMALL:
        connection.execute(text(f'ANALYZE "{table}"'))
    for table, common in growing().items():
        connection.execute(text(f'ALTER TABLE "{table}" SET (autovacuum_enabled = off)'))
        connection.execute(text(f'ANALYZE "{table}"'))
        connection.execute(text(OWN), {"name": table})
        connection.execute(text(SHARED), {"name": table, "columns": list(common)})
        connection.execute(text(ENDED), {"name": table, "columns": list(ENDS)})
        connection.execute(text(FILLED), {"name": table, "rows": ROWS})


OWN = """UPDATE pg_statistic SET stadistinct = -0.5, stakind1 = 0, stakind2 = 0, stakind3 = 0
    FROM pg_attribute WHERE starelid = CAST(:name AS regclass) AND attrelid = starelid
    AND attnum = staattnum AND attname LIKE '%\\_id'"""
SHARED = """UPDATE pg_statistic SET stadistinct = 50, stakind1 = 0, stakind2 = 0, stakind3 = 0
    FROM pg_attribute WHERE starelid = CAST(:name AS regclass) AND attrelid = starelid
    AND attnum = staattnum AND attname = ANY(:columns)"""
ENDS = {"closed_at", "ended_at", "ended_why", "released_at", "said_at"}
ENDED = """UPDATE pg_statistic SET stanullfrac = 0.01
    FROM pg_attribute WHERE starelid = CAST(:name AS regclass) AND attrelid = starelid
    AND attnum = staattnum AND attname = ANY(:columns)"""
# an empty table is as one that nobody has looked at yet
FILLED = """UPDATE pg_class SET reltuples = CASE WHEN relpages > 0 THEN :rows ELSE -1 END
    WHERE oid = CAST(:name AS regclass)"""
