"""The rules of the house, each a function that names what breaks it."""

import ast
import re
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).parents[2]
MAY_COMMIT = {"routes.py", "cli.py"}
PUBLIC = {
    "accounts.join",
    "api.reference",
    "api-docs.openapi_json",
    "accounts.sign_in",
    "healthz",
    "readyz",
    "static",
}


def routes_without_permission(app: Flask) -> list[str]:
    """Endpoints that nobody guards and that are not among the public ones."""
    views = app.view_functions.items()
    return [n for n, view in views if n not in PUBLIC and not getattr(view, "permission", None)]


def forms_without_token(template: str) -> list[str]:
    """The opening tags of posted forms that carry no CSRF token."""
    forms = re.findall(r"<form.*?</form>", template, re.S)
    carried = ("hidden(", "csrf_token")
    return [f[:80] for f in forms if "post" in f[:200] and not any(c in f for c in carried)]


def commits_below_the_page(path: Path, source: str) -> list[int]:
    """Lines that commit in a file that may not."""
    if path.name in MAY_COMMIT or path.name == "app.py":
        return []
    return [n.lineno for n in _calls(source) if n.func.attr == "commit"]


def queries_without_order(source: str) -> list[int]:
    """Lines of functions that return a list of rows that nobody put in order."""
    found = []
    for function in [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)]:
        text = ast.unparse(function)
        if ".all()" in text and "scalars(" in text and "order_by" not in text:
            found.append(function.lineno)
    return found


def unused_imports(template: str) -> list[str]:
    """Names that a template imports and never uses."""
    unused = []
    for names in re.findall(r"{% from \S+ import (.*?) %}", template):
        rest = template.replace(names, "", 1)
        unused += [n for n in names.split(", ") if not re.search(rf"\b{n}\(", rest)]
    return unused


def _calls(source: str) -> list[ast.Call]:
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
    return [n for n in calls if isinstance(n.func, ast.Attribute)]
