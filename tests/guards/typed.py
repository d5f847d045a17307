"""What a column has as its type nobody turns into it, or back, by hand."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from sqlalchemy import CheckConstraint, Enum

from referral.db import Codes, Model

LISTED = re.compile(r"(\w+) IN \((.*)\)")
WORD = re.compile(r"'([^']*)'")


@cache
def words() -> dict[str, set[str]]:
    """The enumerations that some column has as its type, by the name of the attribute."""
    found: dict[str, set[str]] = {}
    for mapper in Model.registry.mappers:
        for attribute in mapper.column_attrs:
            if isinstance(kept := attribute.columns[0].type, Enum):
                found.setdefault(attribute.key, set()).add(kept.enum_class.__name__)
    return found


@cache
def lists() -> set[str]:
    """The names of the attributes that are lists of codes."""
    columns = (one for mapper in Model.registry.mappers for one in mapper.column_attrs)
    return {one.key for one in columns if isinstance(one.columns[0].type, Codes)}


def turned_by_hand(source: str) -> list[int]:
    """The lines that make a member or a list of an attribute that is one, or a text for it."""
    return sorted({line for node in ast.walk(ast.parse(source)) for line in _breaches(node)})


def _breaches(node: ast.AST) -> Iterator[int]:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[ast.Attribute(attr=attribute)]):
            if name in words().get(attribute, ()):
                yield node.lineno
        case ast.Call(func=ast.Attribute(attr="split", value=ast.Attribute(attr=attribute))):
            if attribute in lists():
                yield node.lineno
        case ast.Call(
            func=ast.Attribute(attr="in_" | "not_in", value=ast.Attribute(attr=attribute)),
            args=[said],
        ):
            yield from _texts(attribute, said)
        case ast.Compare(left=ast.Attribute(attr=attribute), comparators=[said]):
            yield from _texts(attribute, said)
        case ast.Assign(targets=[ast.Attribute(attr=attribute)], value=said):
            yield from _texts(attribute, said)
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            yield from _texts(keyword.arg or "", keyword.value)


def _texts(attribute: str, *said: ast.expr) -> Iterator[int]:
    """Where the text of a member, or of a list, is given for an attribute of that type."""
    parts = [part for one in said for part in ast.walk(one)]
    if attribute in words():
        yield from (p.lineno for p in parts if isinstance(p, ast.Attribute) and p.attr == "value")
    if attribute in lists():
        yield from (p.lineno for p in parts if isinstance(p, ast.Attribute) and p.attr == "join")


def texts_that_are_words(base: type[Model]) -> list[str]:
    """The columns whose CHECK lists the members of an enumeration that is not their type."""
    members = {frozenset(kind): kind for kind in _enumerations()}
    found = []
    for table in base.metadata.tables.values():
        for rule in table.constraints:
            listed = LISTED.fullmatch(str(getattr(rule, "sqltext", "")))
            if isinstance(rule, CheckConstraint) and listed:
                kind = members.get(frozenset(WORD.findall(listed[2])))
                column = table.columns[listed[1]]
                if kind and getattr(column.type, "enum_class", None) is not kind:
                    found.append(f"{table.name}.{column.name}")
    return found


def _enumerations() -> list[type[StrEnum]]:
    return [kind for kind in StrEnum.__subclasses__() if kind.__module__.startswith("referral.")]


def words_without_a_check(base: type) -> list[str]:
    """The columns of an enumeration whose table lets in what is no member of it."""
    found = []
    for table in base.metadata.sorted_tables:
        checks = [c for c in table.constraints if isinstance(c, CheckConstraint)]
        held = [match for c in checks if (match := LISTED.fullmatch(str(c.sqltext)))]
        listed = {match[1]: set(WORD.findall(match[2])) for match in held}
        for column in table.columns:
            if isinstance(column.type, Enum) and listed.get(column.name) != set(column.type.enums):
                found.append(f"{table.name}.{column.name}")
    return found
