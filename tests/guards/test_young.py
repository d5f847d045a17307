"""Whoever is named on a list is marked there when they are under 18."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
TAG = re.compile(r"{%-?\s*(for|endfor)\b")
NAMED = re.compile(r"\bperson\.(?:name|initials)\b")
# printed for others, who were promised no more than the name and how to reach them
NOT_MARKED = {"casework/outreach/list_pdf.html"}


def loops(template: str) -> list[str]:
    """The body of each loop that stands in no other."""
    found, depth, began = [], 0, 0
    for tag in TAG.finditer(template):
        if tag[1] == "for":
            began = began if depth else tag.end()
            depth += 1
        else:
            depth -= 1
            found += [] if depth else [template[began : tag.start()]]
    return found


def unmarked(template: str) -> list[str]:
    """The lists in which people are named and the young not marked."""
    return [loop for loop in loops(template) if NAMED.search(loop) and "young(" not in loop]


def shows_a_bare_birth_date(template: str) -> bool:
    """Whether a birth date stands without the age beside it."""
    return re.search(r"date_of_birth\s*\|\s*day", template) is not None


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_a_list_that_names_people_marks_the_young(path):
    template = path.read_text(encoding="utf-8")
    if str(path.relative_to(TEMPLATES)) not in NOT_MARKED:
        assert unmarked(template) == []
    assert not shows_a_bare_birth_date(template)


def test_a_list_that_does_not_is_found():
    bare = "{% for case in cases %}{% for x in y %}{% endfor %}{{ case.person.name }}{% endfor %}"
    assert unmarked(bare) == [bare[6 : -len("{% endfor %}")]]
    assert (
        unmarked("{% for c in cases %}{{ c.person.initials }}{{ young(c.person) }}{% endfor %}")
        == []
    )
    assert shows_a_bare_birth_date("{{ person.date_of_birth | day }}")
