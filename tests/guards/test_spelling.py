"""What people read on screens is spelt in one way, as GOV.UK spells it."""

import ast
import re

import pytest
from guards.house import ROOT

DATA = ("*.html", "*.csv", "*.toml")
FILES = sorted(
    [path for kind in DATA for path in (ROOT / "templates").rglob(kind)]
    + [path for kind in (*DATA, "*.py") for path in (ROOT / "referral").rglob(kind)]
)
OTHERWISE = re.compile(r"\be-mail|\be mail", re.I)


def read_by_people(source: str) -> list[str]:
    """The texts of a file of code; of its docstrings only those of rules and commands."""
    tree = ast.parse(source)
    silent = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and not _speaks(node):
            silent |= {id(one.value) for one in node.body[:1] if isinstance(one, ast.Expr)}
    texts = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [text.value for text in texts if id(text) not in silent]


def _speaks(node: ast.AST) -> bool:
    """A rule, whose docstring the user reads, or a command, whose docstring is its help."""
    said = [*getattr(node, "bases", ()), *getattr(node, "decorator_list", ())]
    return any("RuleBroken" in ast.unparse(one) or "command" in ast.unparse(one) for one in said)


def test_email_is_one_word():
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        sentences = read_by_people(text) if path.suffix == ".py" else [text]
        assert [one for one in sentences if OTHERWISE.search(one)] == [], path


@pytest.mark.parametrize(
    "planted",
    [
        'class NoAddress(RuleBroken):\n    """Type an e-mail address."""',
        '@mail.command("list")\ndef listed():\n    """The e-mails."""',
        'email = StringField("E-mail address")',
        'said = f"{number} e-mails"',
    ],
)
def test_another_spelling_is_noticed(planted):
    assert any(OTHERWISE.search(one) for one in read_by_people(planted))


def test_what_nobody_reads_on_a_screen_is_let_pass():
    assert read_by_people('"""An e-mail."""\nclass A(B):\n    """An e-mail."""') == []
