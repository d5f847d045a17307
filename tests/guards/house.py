"""The rules of the house, each a function that names what breaks it."""

import ast
import re
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).parents[2]
MAY_COMMIT = {"routes.py", "runner.py", "locks.py", "serving.py"}
PUBLIC = {
    "by_link.again",
    "by_link.answer",
    "by_link.appointment",
    "by_link.attempt",
    "by_link.came",
    "by_link.code",
    "by_link.end",
    "by_link.open_by_code",
    "by_link.page",
    "by_link.still",
    "by_link.stopped",
    "own_page.door",
    "own_page.leave",  # these lead back to the door without the code and the birth date
    "own_page.names",
    "own_page.page",
    "own_page.reach",
    "own_page.stop",
    "own_page.again",
    "own_page.language",
    "own_page.back",
    "own_page.stays",
    "own_page.can",
    "own_page.cannot",
    "own_page.word",
    "own_page.worth",
    "worth_it.page",  # one question and nothing of anybody; the link is the key
    "worth_it.say",
    "credentials.forgotten",  # says nothing of who exists
    "credentials.join",  # the link is the key, here and in the next
    "credentials.new_password",
    "second_factor.code",  # after the right password only: else they lead back to the sign-in
    "second_factor.set_up",
    "api.reference",
    "api-docs.openapi_json",
    "accounts.sign_in",
    "lock.locked",  # for who locked this browser; any other is led to the sign-in
    "healthz",
    "readyz",
    "static",
}
# forms by which something is only looked up: what is asked stands in no address
ASKED_BY_POST = {
    "credentials.accounts",
    "oversight.trail",
    "casefile.case_list",
    "history.timeline",
    "notes.log",
    "desk.likely",
}
# a list of columns, settings or invented rows is read more easily in one piece
IN_ONE_PIECE = {
    "create_app",
    "dress",
    "load",
    "load_reference",
    "_stay_steps",
    "_referral_steps",
    "_stay",
    "answer",
}
PAGING = ROOT / "referral" / "web" / "paging.py"
DONE = ROOT / "referral" / "web" / "done.py"
PAGED = {"page_of", "page_of_rows"}
BATCHES = {"1", "most"}
HARMLESS = {
    *("title", "referral.reference", "report.period.name", "report.area"),
    *("told.about.title", "told.about.period", "told.about.area"),
    *(f'in_tongue("{words}") | striptags' for words in ("Your contacts", "Please try again")),
}


def routes_without_permission(app: Flask) -> list[str]:
    """Endpoints that nobody guards and that are not among the public ones."""
    views = app.view_functions.items()
    return [n for n, view in views if n not in PUBLIC and not getattr(view, "permission", None)]


def forms_without_token(template: str) -> list[str]:
    """The opening tags of posted forms that carry no CSRF token."""
    forms = re.findall(r"<form.*?</form>", template, re.S)
    carried = ("hidden(", "csrf_token", "by_link(")  # the last: the link is what nobody can guess
    return [f[:80] for f in forms if "post" in f[:200] and not any(c in f for c in carried)]


def commits_below_the_page(path: Path, source: str) -> list[int]:
    """Lines that commit in a file that may not."""
    pages = path.name in MAY_COMMIT or path.name.endswith("_routes.py")
    if pages or path.name == "app.py" or path.parent.name == "cli":
        return []
    if path.stem.endswith("_routes"):
        return []
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
    ends = {"done"} if path == DONE else {"done", "commit"}  # which ends what a view began
    return [n.lineno for n in calls if _called(n) in ends]


def queries_without_order(source: str) -> list[int]:
    """Lines that read many rows which nobody put in order, however they are read."""
    found = []
    for function in [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)]:
        known = _assigned(function)
        for call in _many_rows(function):
            if call.args and "order_by" not in _spelled_out(call.args[0], known):
                found.append(call.lineno)
    return sorted(set(found))


def _many_rows(function: ast.FunctionDef) -> list[ast.Call]:
    """The reads of a function whose order is seen: not of one row, not into a set, no write."""
    inside = list(ast.walk(function))
    bare = {id(n.value) for n in inside if isinstance(n, ast.Expr)}
    alone = {
        id(call)
        for n in inside
        if isinstance(n, ast.Attribute) and n.attr in {"one", "one_or_none", "first", "rowcount"}
        for call in ast.walk(n.value)
    }
    sets = [n for n in inside if isinstance(n, ast.SetComp)]
    sets += [n for n in inside if isinstance(n, ast.Call) and ast.unparse(n.func) == "sorted"]
    alone |= {id(call) for n in sets for call in ast.walk(n)}
    calls = [n for n in inside if isinstance(n, ast.Call)]
    reads = [n for n in calls if _called(n) in {"scalars", "execute", *PAGED}]
    return [n for n in reads if id(n) not in bare | alone]


def pages_by_hand(source: str) -> list[int]:
    """Lines that skip or cut off rows themselves, so that the list would end without a word.

    One row may be asked for, and a batch of work that is come back to until none is left.
    """
    calls = _calls(source)
    cut = [n for n in calls if n.func.attr == "limit" and ast.unparse(n.args[0]) not in BATCHES]
    return sorted({n.lineno for n in [*cut, *(n for n in calls if n.func.attr == "offset")]})


def pages_by_hand_in(template: str) -> list[str]:
    """Links of a template that name a page themselves, so that the search would be lost."""
    return re.findall(r"[?&](?:page|tab)=", template)


def days_by_hand(source: str) -> list[int]:
    """Lines that work out the day of a moment themselves, not by the clock's `day_of`."""
    calls = [n for n in _calls(source) if n.func.attr == "date"]
    return [n.lineno for n in calls if "SCOTLAND" in ast.unparse(n.func)]


def _called(call: ast.Call) -> str:
    """The name of what is called, without where it lies."""
    return ast.unparse(call.func).rpartition(".")[2]


def _assigned(function: ast.FunctionDef) -> dict[str, str]:
    """What each name of a function was made of, all its makings together."""
    known: dict[str, str] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.For) and (
            value := node.iter if isinstance(node, ast.For) else node.value
        ):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name in [n for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]:
                known[name.id] = known.get(name.id, "") + " " + ast.unparse(value)
    return known


def _spelled_out(query: ast.expr, known: dict[str, str]) -> str:
    """A query with the names in it replaced by what they were made of, and those again."""
    text, seen = ast.unparse(query), set()
    while names := (set(re.findall(r"\b[a-z_]+\b", text)) & known.keys()) - seen:
        seen |= names
        text += " ".join(known[name] for name in names)
    return text


def too_long(source: str) -> list[str]:
    """Functions whose body without its docstring has more than 25 lines."""
    found = []
    for function in [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)]:
        body = function.body[1:] if ast.get_docstring(function) else function.body
        if body and function.end_lineno - body[0].lineno >= 25:
            found.append(function.name)
    return [name for name in found if name not in IN_ONE_PIECE]


def packed_lines(source: str) -> list[int]:
    """Lines that assign values of different kinds at once, as if to save a line.

    A pair of one kind is one thing to say (`opens, closes = time(9), time(17)`), and so is a swap.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple)):
            continue
        names = [ast.unparse(n) for n in getattr(node.targets[0], "elts", ())]
        values = [ast.unparse(n) for n in node.value.elts]
        swaps = any(
            re.search(rf"(?<![\w.]){re.escape(name)}\b", value)
            for n, name in enumerate(names)
            for value in values[:n] + values[n + 1 :]
        )
        if names and not swaps and len({_kind(n) for n in node.value.elts}) > 1:
            found.append(node.lineno)
    return found


def _kind(value: ast.expr) -> str:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func)
    constant = isinstance(value, ast.Constant)
    return type(value.value).__name__ if constant else type(value).__name__


def breaks_the_policy(template: str) -> list[str]:
    """What the content security policy would stop, and what would go out unescaped."""
    inline = r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:|\|\s*safe\b"
    return re.findall(inline, template)


def titles_that_tell(template: str) -> list[str]:
    """What stands in a title and is not known to be harmless: a history of titles outlives us."""
    titles = re.findall(r"{% block title %}(.*?){% endblock %}", template, re.S)
    return [e for t in titles for e in re.findall(r"{{ *(.*?) *}}", t) if e not in HARMLESS]


def unused_imports(template: str) -> list[str]:
    """Names that a template imports and never uses."""
    unused = []
    for names in re.findall(r"{% from \S+ import (.*?)(?: with context)? %}", template):
        rest = template.replace(names, "", 1)
        unused += [n for n in names.split(", ") if not re.search(rf"\b{n}\(", rest)]
    return unused


def constants_nobody_reads(sources: dict[Path, str]) -> list[str]:
    """The constants of the product that neither their own file nor any other one uses."""
    trees = {path: ast.parse(source) for path, source in sources.items()}
    imported = {
        (node.module, one.name)
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }
    return [
        f"{path}: {name}"
        for path, tree in trees.items()
        for name in _constants(tree)
        if len(re.findall(rf"\b{name}\b", sources[path])) == 1
        and (".".join(path.with_suffix("").parts), name) not in imported
    ]


def _constants(tree: ast.Module) -> list[str]:
    targets = [
        t for node in tree.body for t in getattr(node, "targets", [getattr(node, "target", 0)])
    ]
    return [t.id for t in targets if isinstance(t, ast.Name) and t.id.isupper()]


def _calls(source: str) -> list[ast.Call]:
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
    return [n for n in calls if isinstance(n.func, ast.Attribute)]
