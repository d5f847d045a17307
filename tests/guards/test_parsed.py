"""No test reads HTML by a regular expression, and a planted one is noticed."""

from pathlib import Path

import pytest
from guards.house import ROOT
from guards.parsed import tags_by_pattern

# this file plants; the other reads the source of templates, which is no HTML yet
LEFT_OUT = {Path(__file__), ROOT / "tests" / "guards" / "house.py"}
TESTS = sorted(set((ROOT / "tests").rglob("*.py")) - LEFT_OUT)
BY_PATTERN = (
    """re.search(r'href="(/cases/[0-9a-f-]{36})"', page)[1]""",
    """re.findall(rf'name="{field}" value="([^"]*)"', page)""",
    """re.sub(r"<details.*", "", page, flags=re.S)""",
    """re.sub(r"<[^>]*>", "", answer.text)""",
    """re.findall("<li>", page)""",
    """WANTED = re.compile(r"<code>(ar_[^<]*)</code>")""",
    """found(r'<option value="([^"]{36})"', page)""",
    """PAGES = (("Case", r'href="(/cases/[0-9a-f-]{36})"'),)""",
)
OTHERWISE = (
    """address(page, "/cases/[0-9a-f-]{36}")""",
    """read(page).select_one("[name=same_as]")["value"]""",
    """assert '<strong>Recovery hub</strong>' in card""",
    """re.search(r"Message-ID: <(.*?)@", mail)[1]""",
    """re.search(r"accepted, \\w+ \\d+, Govan", page)""",
)


def test_html_is_read_by_a_parser():
    for path in TESTS:
        assert tags_by_pattern(path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize("planted", BY_PATTERN)
def test_a_regular_expression_over_tags_is_noticed(planted):
    assert tags_by_pattern(planted) == [1]


@pytest.mark.parametrize("sound", OTHERWISE)
def test_a_parser_and_a_pattern_over_plain_text_are_let_pass(sound):
    assert tags_by_pattern(sound) == []
