"""The codes on which rules hang are marked as such, so that nobody ends one in the browser."""

import ast
import csv

from guards.house import ROOT
from support.html import link, read, words

from referral.access.permissions import Role
from referral.casework.facts.meanings import MEANS
from referral.directory.fixed import CLOSED, FIXED, LISTS

HOME = ROOT / "referral"
NO_RULES = {"demo", "static"}  # invented people, and what others wrote
# what is written like a code of a list, and is none where it stands
MERE_WORDS = {
    "court": "a word that is no password",
    "high": "the upper end of an interval",
    "healthcare": "out of whose mouth something came",
    "message": "a kind of work, and a table",
    "other": "how alike two dates are",
    "phone": "a column",
    "rang": "how an administrator made sure",
    "refused": "an answer to a question of consent",
    "same": "how alike two names are",
    "service": "a relation",
    "worker": "a relation, and a command",
}
FACTS = {
    ("attempt", "DECEASED"), ("attempt", "reached"), ("case_close", "DIED"), ("close", "DIED"),
    ("contact_fail", "DECEASED"), ("danger", "overdose"), ("hold", "REMAND"),
    ("need_change", "unknown"), ("release", "COURT"), ("release", "REMAND"),
}  # fmt: skip


def shipped() -> dict[str, set[str]]:
    """Each code that ships, with the lists that have it."""
    found: dict[str, set[str]] = {}
    with LISTS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["code"], set()).add(row["list"])
    return found


def not_marked(source: str) -> set[str]:
    """The texts of a source that are codes of lists, none of which marks them."""
    lists = shipped()
    said = {n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant)}
    codes = {text for text in said if text in lists and text not in MERE_WORDS}
    return {code for code in codes if not any(code in FIXED[name] for name in lists[code])}


EVERY_CODE = HOME / "casework" / "facts" / "meanings.py"  # names those too that say nothing
LANGUAGES = HOME / "contact" / "own_page" / "catalogue.py"  # each by its name in itself
SOURCES = [
    path
    for path in sorted(HOME.rglob("*.py"))
    if path.relative_to(HOME).parts[0] not in NO_RULES and path not in {EVERY_CODE, LANGUAGES}
]


def test_a_code_that_the_product_names_is_marked():
    for path in SOURCES:
        assert not_marked(path.read_text(encoding="utf-8")) == set(), path


def test_a_rule_on_a_code_that_is_not_marked_is_noticed():
    assert not_marked("if tried.result == 'NOANS':\n    give_up()") == {"NOANS"}
    assert not_marked("if tried.result == 'DECEASED':\n    give_up()") == set()


def test_what_the_field_knows_as_a_fact_is_marked_too():
    meant = {(name, code) for name, codes in MEANS.items() for code, fact in codes.items() if fact}
    assert {(name, code) for name, code in FACTS | meant if code not in FIXED[name]} == set()
    assert {"capacity", "contact_channel"} <= CLOSED
    assert not {"need", "danger", "desk_need", "attempt"} & CLOSED


def test_the_browser_shows_what_is_marked_and_ends_and_doubles_none_of_it(as_role):
    administrator = as_role(Role.ADMINISTRATOR)
    page = "/directory/codes/attempt"
    row = read(administrator.get(page).text).find("a", string="DECEASED").find_parent("tr")
    assert "The product acts on it" in words(row)
    died = link(administrator.get(page).text, "DECEASED")
    refused = administrator.submit(died, {"label": ""})
    assert refused.status_code == 422
    assert "cannot be ended" in refused.text
    assert (
        "of that name already" in administrator.submit(page, {"code": "DEAD", "label": "died"}).text
    )
    assert administrator.submit(died, {"label": "Has died"}).status_code == 303
    closed = read(administrator.get("/directory/codes/capacity").text)
    assert "none can be added" in words(closed)
    assert closed.select_one("main form") is None
