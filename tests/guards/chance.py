"""Which of several rows counts must follow from what was done, never from a random number."""

import ast
from collections.abc import Iterator

from sqlalchemy import Uuid
from sqlalchemy.orm import Mapper

from referral.db import Model

PICKS = {"first", "setdefault"}
# these add up or list what they read, and pick nothing
PICK_NOTHING = {
    "_by_person", "_last_contacts", "_needs", "_reasons", "_taken_since", "_waits", "_worth",
    "attempts_for", "loads_of", "_doors", "_first_referrals",
}  # fmt: skip


def by_chance(source: str) -> list[str]:
    """Functions that pick one of several rows whose order may end in a tie, with that order."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef) or function.name in PICK_NOTHING:
            continue
        last = _last_columns(function, _tuples(function)) if _picks(function) else ()
        found += [f"{function.name}: {name}" for name in last if name not in telling_columns()]
        found += [f"{function.name}: {name}" for name in _keys_with_an_id(function)]
    return found


def _picks(function: ast.FunctionDef) -> bool:
    return any(_is_pick(node) for node in ast.walk(function))


def _is_pick(node: ast.AST) -> bool:
    """One row of many: the first, or of each kind the last one that was read."""
    match node:
        case ast.Call(func=ast.Attribute(attr="limit"), args=[ast.Constant(value=1)]):
            return True
        case ast.Call(func=ast.Attribute(attr=name)) if name in PICKS:
            return True
        case ast.DictComp() | ast.Assign(targets=[ast.Subscript()]):
            return True
    return False


def _tuples(function: ast.FunctionDef) -> dict[str, ast.expr]:
    """The orders that have a name of their own: `newest = (A.at, A.id)`."""
    return {
        target.id: node.value.elts[-1]
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple)
        for target in node.targets
        if isinstance(target, ast.Name) and node.value.elts
    }


def _last_columns(function: ast.FunctionDef, known: dict[str, ast.expr]) -> Iterator[str]:
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(attr="order_by"), args=[*others, last]):
                if not others and ast.unparse(last).endswith(".id"):
                    continue  # it is locked, or asked for at all: nobody thinks of a later one
                match last:
                    case ast.Starred(value=ast.Name(id=name)) if name in known:
                        last = known[name]
                match last:
                    case ast.Call(func=ast.Attribute(value=inner, attr="desc" | "asc")):
                        last = inner
                yield ast.unparse(last)


def _keys_with_an_id(function: ast.FunctionDef) -> Iterator[str]:
    """`max(rows, key=lambda row: (row.at, row.id))`."""
    for node in ast.walk(function):
        match node:
            case ast.Lambda(body=ast.Tuple(elts=[*_, ast.Attribute(attr="id") as last])):
                yield ast.unparse(last)


def telling_columns() -> set[str]:
    """Columns that say which row is the later one: part of what is unique, and no random number."""
    return {
        f"{mapper.class_.__name__}.{attribute.key}"
        for mapper in Model.registry.mappers
        for attribute in mapper.column_attrs
        if _tells(mapper, attribute.columns[0])
    }


def _tells(mapper: Mapper, column) -> bool:
    table = mapper.local_table
    unique = [c for c in table.constraints if hasattr(c, "columns") and _is_unique(c)]
    unique += [index for index in table.indexes if index.unique]
    return not isinstance(column.type, Uuid) and any(column in set(one.columns) for one in unique)


def _is_unique(constraint) -> bool:
    return type(constraint).__name__ in {"UniqueConstraint", "PrimaryKeyConstraint"}
