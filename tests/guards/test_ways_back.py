"""Whatever opens something stands in the README's table, with how it is given anew."""

import dataclasses
import re

import pytest
from guards.house import ROOT

import referral.app  # noqa: F401 - so that every table is known
from referral.db import Model
from referral.post.links.purposes import LASTS, LinkPurpose
from referral.settings import Settings

KEPT_OF_A_SECRET = re.compile(r"hash$|secret|fingerprint|password|digits")


def what_opens() -> set[str]:
    """Each purpose of a link, each column that keeps something of a secret, each key."""
    links = {f"link {purpose.value}" for purpose in LinkPurpose} | {"link_code", "address_change"}
    columns = {
        f"{table.name}.{column.name}"
        for table in Model.metadata.tables.values()
        for column in table.columns
        if KEPT_OF_A_SECRET.search(column.name)
    }
    keys = {f.name.upper() for f in dataclasses.fields(Settings) if "key" in f.name}
    return links | columns | keys


def in_the_table(readme: str) -> dict[str, str]:
    """What the table names, and the way back in its row."""
    table = readme.split("## What opens something, and the way back")[1].split("\n## ")[0]
    lines = re.findall(r"^\|.*", table, re.M)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return {name: row[4] for row in rows[2:] for name in re.findall(r"`([^`]+)`", row[1])}


@pytest.fixture(scope="module")
def table() -> dict[str, str]:
    return in_the_table((ROOT / "README.md").read_text(encoding="utf-8"))


def test_each_secret_has_a_way_back_in_the_table_and_nothing_else_stands_there(table):
    assert set(table) == what_opens()
    assert all(table.values())


def test_each_purpose_of_a_link_runs_out():
    assert set(LASTS) == set(LinkPurpose)


def test_a_secret_that_is_missing_is_noticed():
    row = "| x | `link join` | | | again |"
    head = "## What opens something, and the way back\n| a | b | c | d | e |\n|-|\n"
    short = f"{head}{row}\n## Settings"
    assert in_the_table(short) == {"link join": "again"}
    assert "link see" in what_opens() - set(in_the_table(short))
