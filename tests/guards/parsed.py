"""HTML is read by a parser: a regular expression over tags misses what moves within a line."""

import ast
import re
from collections.abc import Iterator

MARKUP = re.compile(r"</?(?:[a-z]|\[|\\w)|\b(?:action|class|for|href|id|name|src|value)=\\?[\"']")
PATTERN = re.compile(r"\.[*+]|\][*+{]|\\[bdsw]|\(\?")


def tags_by_pattern(source: str) -> list[int]:
    """Lines with a regular expression over tags or their attributes, wherever it is used."""
    return sorted({line for node in ast.walk(ast.parse(source)) for line in _breaches(node)})


def _breaches(node: ast.AST) -> Iterator[int]:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re")), args=[pattern, *_]):
            if MARKUP.search(_text(pattern)):
                yield pattern.lineno
        case ast.Constant(value=str()) | ast.JoinedStr():
            text = _text(node)
            if MARKUP.search(text) and PATTERN.search(text):
                yield node.lineno


def _text(node: ast.expr) -> str:
    """What a string says; what is filled in counts as a letter."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or "x" for part in parts)
    return ""
