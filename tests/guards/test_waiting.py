"""A test in the browser waits for what it asks, or it asks the page before."""

import ast

from guards.house import ROOT

AT_ONCE = {"title", "url", "content", "inner_text", "text_content"}


def asked_at_once(text: str) -> list[int]:
    """The lines that say what a page holds, without waiting until it does."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare):
            positive = all(isinstance(op, ast.Eq | ast.In) for op in node.test.ops)
            read = {at.attr for at in ast.walk(node.test) if isinstance(at, ast.Attribute)}
            if positive and read & AT_ONCE and "page" in ast.unparse(node.test):
                found.append(node.lineno)
    return found


def test_what_a_page_says_is_waited_for():
    for path in sorted((ROOT / "tests" / "browser").glob("test_*.py")):
        lines = asked_at_once(path.read_text(encoding="utf-8"))
        assert not lines, f"{path.name}: {lines}: use expect(), which waits"


def test_what_is_asked_at_once_is_found():
    assert asked_at_once("assert page.title() == 'Thank you'") == [1]
    assert asked_at_once("assert 'x' in page.inner_text('main')") == [1]
    assert asked_at_once("assert 'x' not in page.url") == []
