"""Every length of time that the code names stands in docs/lengths.md, as long as it is, or here.

What is the machine's own, and no rule of the field, is listed with its reason.
"""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from guards.house import ROOT

OF_THE_MACHINE = {
    "app.TOUCH_EVERY": "how often a sign-in is written down anew",
    "cli.selfcheck.CLOCKS_APART": "how far two clocks may differ",
    "contact.own_page.guard.TOUCH_EVERY": "how often a visit is written down anew",
    "contact.worth_it.queries.LEAST_AGO": "a frame for a statement; each row is looked at exactly",
    "contact.worth_it.queries.MOST_AGO": "the same",
    "directory.deadlines.DAY": "a day",
    "directory.queries.WORDS_LAST": "how long words are kept in memory",
    "jobs.actions.LEASE": "how long a worker has a job for itself",
    "jobs.actions.ROUNDS_KEPT": "how long finished rounds are kept",
    "jobs.queries.LATELY": "what counts as a round that runs",
    "jobs.retries.FIRST_WAIT": "until the second try",
    "jobs.retries.LONGEST_WAIT": "between two tries at most",
    "jobs.retries.TRIED_FOR": "how long a job is tried again",
    "web.done.LATELY": "how long the next page says what was done",
    "reports.queries.COUNTED_EVERY": "how long a count is kept in memory",
}
NAMED = re.compile(r"^([A-Z][A-Z_]+(?:, [A-Z][A-Z_]+)*)(?:: [^=]+)? = .*\btimedelta\(", re.M)
ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \| `referral/([\w/]+)\.py` `([A-Z_]+)` \|$", re.M)
UNITS = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}


def named_in(source: str) -> list[str]:
    """The names of the lengths that a module says."""
    return [name for names in NAMED.findall(source) for name in names.split(", ")]


def in_the_code() -> set[str]:
    """Each length that the product names, by module and name; the demo's stories are no rules."""
    home, found = ROOT / "referral", set()
    for path in sorted(home.rglob("*.py")):
        module = ".".join(path.relative_to(home).with_suffix("").parts)
        if not module.startswith("demo."):
            found |= {f"{module}.{name}" for name in named_in(path.read_text(encoding="utf-8"))}
    return found


def in_the_page() -> dict[str, str]:
    """Each length of the page, by module and name, as long as it says."""
    page = (ROOT / "docs" / "lengths.md").read_text(encoding="utf-8")
    rows = ROW.findall(page)
    return {f"{path.replace('/', '.')}.{name}": length for length, path, name in rows}


def as_long_as(words: str) -> timedelta:
    """A length in words: 12 hours."""
    number, unit = words.split()
    return timedelta(minutes=int(number) * UNITS[unit.removesuffix("s")])


def test_a_length_of_time_is_a_rule_that_the_page_lists_or_the_machines_own():
    assert in_the_code() == {*in_the_page(), *OF_THE_MACHINE}


@pytest.mark.parametrize(("name", "length"), in_the_page().items())
def test_a_length_is_as_long_as_the_page_says(name, length):
    module, _, constant = name.rpartition(".")
    assert getattr(import_module(f"referral.{module}"), constant) == as_long_as(length)


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("LASTS = timedelta(days=3)", ["LASTS"]),
        ("FIRST, LAST = timedelta(days=3), timedelta(days=4)", ["FIRST", "LAST"]),
        ("LONGEST: Final = 2 * timedelta(days=3)", ["LONGEST"]),
        ("    at = now() - timedelta(days=3)", []),
    ],
)
def test_a_length_that_is_planted_is_noticed(planted, found):
    assert named_in(planted) == found
