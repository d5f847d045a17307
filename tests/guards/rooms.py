"""What a line of code may know and touch: each function tells who breaks the rule, and where."""

import ast
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.orm import Mapper

from referral.db import Model

ROOT = Path(__file__).parent.parent.parent
TECHNICAL = ("routes", "forms", "guard", "actions", "queries", "models")
KITS = {"access", "api", "audit", "cli", "demo", "web"}  # below the chapters or beside them
NOT_NOUNS = {
    "jobs/runner.py": "the loop of a worker, which is its page",
    "reports/renderings.py": "one report as page, sheet and PDF",
}
MOVES_ROWS = {  # making one record of two is to say anew whose a row is
    "merging": {"person_id", "case_id", "booking_id", "merged_into_id", "person", "case"},
}
BELOW_THE_PAGE = {"abort", "current_app"}  # not found is not found; keys are in the configuration


def is_technical(path: Path) -> bool:
    """Whether the name of the file says what kind of code it holds: actions, unmet_actions."""
    return path.stem.rpartition("_")[2] in TECHNICAL


def nouns_that_know_too_much(path: Path, source: str) -> list[str]:
    """What a noun of the field imports of the web, the database or the kinds of code above it."""
    chapter = path.parts[0]
    if is_technical(path) or path.stem == "__init__" or len(path.parts) == 1 or chapter in KITS:
        return []
    if path.as_posix() in NOT_NOUNS:
        return []
    return [name for name in _imported(source) if _too_much(name)]


def _too_much(name: str) -> bool:
    library, *_ = name.split(".")
    if library in {"flask", "flask_login", "flask_wtf", "sqlalchemy", "wtforms", "weasyprint"}:
        return True
    if name == "referral.db":
        return True
    return library == "referral" and is_technical(Path(name.rpartition(".")[2]))


def flask_below_the_page(path: Path, source: str) -> list[str]:
    """What actions, queries and tables import of the web; the request is for pages alone."""
    if (
        path.stem.rpartition("_")[2] not in {"actions", "queries", "models"}
        or path.parts[0] in KITS
    ):
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module in {"flask", "flask.typing"}:
            found += [name.name for name in node.names if name.name not in BELOW_THE_PAGE]
    return found


def who_knows_pdf(path: Path, source: str) -> list[str]:
    """Where WeasyPrint is imported, besides the one place that makes a PDF."""
    if path.as_posix() == "web/pdf.py":
        return []
    return [name for name in _imported(source) if name.startswith("weasyprint")]


def owners() -> dict[str, set[str]]:
    """Each column and relation with the chapters that have one of that name."""
    found: dict[str, set[str]] = {}
    for mapper in Model.registry.mappers:
        for column in _columns(mapper):
            found.setdefault(column, set()).add(mapper.class_.__module__.split(".")[1])
    return found


def _columns(mapper: Mapper) -> list[str]:
    return [attribute.key for attribute in mapper.attrs]


def written_elsewhere(path: Path, source: str, owned: Mapping[str, set[str]]) -> list[str]:
    """Assignments to a column that only other chapters have: they should call a verb of the row."""
    chapter = path.parts[0]
    if (
        len(path.parts) == 1
        or chapter in KITS
        or not is_technical(path)
        or path.stem in {"guard", "forms"}
    ):
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        for target in _targets(node):
            name = target.attr
            if name in MOVES_ROWS.get(chapter, ()) or ast.unparse(target.value) == "self":
                continue
            if chapter not in owned.get(name, {chapter}):
                found.append(f"{ast.unparse(target)}, line {target.lineno}")
    return found


def _targets(node: ast.AST) -> list[ast.Attribute]:
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    else:
        return []
    inside = [part for target in targets for part in ast.walk(target)]
    return [n for n in inside if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)]


def _imported(source: str) -> list[str]:
    """The modules that a source imports when it runs; types for the checker alone are none."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
            if (ROOT / node.module.replace(".", "/")).is_dir():
                found += [f"{node.module}.{name.name}" for name in node.names]
    return found
