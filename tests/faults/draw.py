"""Draw faults by a seed with cosmic-ray's operators, and see which of them the tests notice.

`make mutants SEED=7 N=40`. A module is drawn by its length, then a place in it, then what goes
wrong there, so that a place where much can go wrong is not drawn more often. Drawn from are the
nouns of the field (modules that know neither Flask nor SQLAlchemy) and what acts and asks. With
`--keep` what was noticed is written to `drawn.toml`, with the test that did; what was not is
printed to be looked at: either a test is missing, or it is kept by hand with the reason why nobody
could notice it.
"""

import argparse
import ast
import difflib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names
from faults.planting import (
    BROKEN,
    GREEN,
    NOTICED,
    ROOT,
    Fault,
    Found,
    ask,
    faults,
    noticed_by,
    place_of,
    texts,
)
from faults.run import chosen_copies, say, try_one

ASKS_AND_ACTS = {"actions", "queries"}
PAGES = {"routes", "forms", "guard", "models"}
NOT_DRAWN = {"demo", "cli", "static"}  # invented people, and commands that every test runs
KNOWS = re.compile(r"^\s*(?:from|import) (?:flask|sqlalchemy|wtforms)", re.M)
# a decorator that is gone breaks the module, an empty line changes nothing, names need arguments
NO_FAULTS = re.compile("RemoveDecorator|NoOp|Variable|ExceptionReplacer|_Is(Not)?$|_Is_|_IsNot_")
# of what arithmetic can be made of other arithmetic, what a hand might have written
ARITHMETIC = re.compile("_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|Mod_Mul|BitAnd_BitOr)$")
SLOW = re.compile(
    "bench|browser|deploy|pictures|faults|guards|kill|sixty|migr|any_history|many_at|crowd"
)


@dataclass(frozen=True)
class Site:
    """A place in a file, and all that can be made of the file there."""

    path: Path
    start: tuple[int, int]
    ways: tuple[tuple[str, int], ...]  # operator and which of its places


def kind_of(path: Path) -> str:
    """What kind of code the name of a file says it holds: of unmet_actions, actions."""
    return path.stem.rpartition("_")[2] or path.stem


def is_noun(path: Path, text: str) -> bool:
    """Whether a module knows neither pages nor tables."""
    return kind_of(path) not in {*PAGES, *ASKS_AND_ACTS, "__init__"} and not KNOWS.search(text)


def drawn_from(product: dict[Path, str]) -> dict[Path, str]:
    """The modules in which faults are drawn."""
    found = {}
    for path, text in product.items():
        inside = path.suffix == ".py" and not NOT_DRAWN & set(path.parts)
        if inside and (kind_of(path) in ASKS_AND_ACTS or is_noun(path, text)):
            found[path] = text
    return found


def sites(path: Path, text: str) -> list[Site]:
    """Every place of a module where something can go wrong, without what only types read."""
    ways: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    nodes, unread = list(ast_nodes(get_ast(text))), list(_annotations(text))
    for name, operator in _operators().items():
        places = (start for node in nodes for start, _ in operator.mutation_positions(node))
        for number, start in enumerate(places):
            if not any(first <= start < last for first, last in unread):
                ways[start].append((name, number))
    return [Site(path, start, tuple(found)) for start, found in sorted(ways.items())]


@cache
def _operators() -> dict[str, Operator]:
    found = {}
    for name in operator_names():
        kind = get_operator(name)
        plain = "BinaryOperator" not in name or ARITHMETIC.search(name)
        if plain and not NO_FAULTS.search(name) and not kind.arguments():
            found[name] = kind()
    return found


def _annotations(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where an annotation or a decorator goes: neither does anything by itself."""
    for node in ast.walk(ast.parse(text)):
        parts = [getattr(node, name, None) for name in ("annotation", "returns")]
        for part in filter(None, [*parts, *getattr(node, "decorator_list", [])]):
            yield (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)


def spoilt(site: Site, text: str, others: str, dice: Random) -> tuple[str, str, str] | None:
    """What stands there, what goes wrong, and by which operator; None where nothing changes.

    As many lines as are needed to find it again among all `others`.
    """
    name, number = dice.choice(site.ways)
    wrong = mutate_code(text, _operators()[name], number)
    if wrong is None or wrong == text:
        return None
    lines, other = text.splitlines(keepends=True), wrong.splitlines(keepends=True)
    blocks = difflib.SequenceMatcher(None, lines, other, autojunk=False).get_opcodes()
    changed = [block for block in blocks if block[0] != "equal"]
    first, last = changed[0][1], changed[-1][2]
    moved = len(other) - len(lines)
    while first > 0 and others.count("".join(lines[first:last])) != 1:  # or it is not found again
        first -= 1
    return "".join(lines[first:last]), "".join(other[first : last + moved]), name


def covering(path: Path) -> tuple[str, ...]:
    """The tests that name a module, of its package and of those that use it, and a whole loop."""
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    tests = [p for p in sorted((ROOT / "tests").rglob("test_*.py")) if not SLOW.search(str(p))]
    naming = [p for p in tests if module in p.read_text(encoding="utf-8")]
    using = {p.parent.name for p, text in texts().items() if f"from {module} import" in text}
    beside = [p for p in tests if p.parent.name in using | {path.parent.name}]
    loop = [p for p in tests if p.name in {"test_there_and_back.py", "test_measures.py"}]
    rules = [p for p in tests if p.parent.name == "rules" and "RuleBroken" in texts()[path]]
    found = dict.fromkeys([*naming, *beside, *loop, *rules])
    return tuple(str(p.relative_to(ROOT / "tests")) for p in found)


def draw(seed: int, number: int, only_nouns: bool) -> list[Fault]:
    """So many faults, always the same for a seed and a tree."""
    dice, product = Random(seed), texts()
    modules = drawn_from(product)
    if only_nouns:
        modules = {path: text for path, text in modules.items() if is_noun(path, text)}
    paths, whole = sorted(modules), "".join(product.values())
    lengths = [len(modules[path].splitlines()) for path in paths]
    left: dict[Path, list[Site]] = {}
    found: list[Fault] = []
    while len(found) < number:
        [path] = dice.choices(paths, lengths)
        if path not in left:
            left[path] = sites(path, modules[path])
        if not left[path]:
            continue
        site = left[path].pop(dice.randrange(len(left[path])))
        if made := spoilt(site, modules[path], whole, dice):
            found.append(_fault(path, f"{seed}.{len(found) + 1}", *made))
            place_of(found[-1], product)
    return found


def _fault(path: Path, number: str, old: str, new: str, operator: str) -> Fault:
    how = f"seed {number.split('.')[0]}, {operator.removeprefix('core/')}"
    name = f"drawn {number}: {path.parent.name} {path.stem}"
    return Fault(name, str(path.relative_to(ROOT)), old, new, covering(path), how)


def noticing(found: Found) -> tuple[str, ...]:
    """The test that noticed it."""
    test = re.match(r"(?:FAILED|ERROR) tests/(\S*?test_\w+\.py)(?:::(\w+))?", found.last_line)
    if test is None:
        return found.fault.tests
    return (f"{test[1]}::{test[2]}" if test[2] else test[1],)


def try_twice(fault: Fault, free: SimpleQueue[Path]) -> Found:
    """Plant it; what turned red must be green without it, or it has noticed nothing."""
    found = try_one(fault, free)
    if not found.noticed:
        return found
    root = free.get()
    try:
        code, words = ask(noticed_by(replace(fault, tests=noticing(found)), root), root)
    finally:
        free.put(root)
    return replace(found, code=BROKEN, last_line=f"always red: {words}") if code else found


def kept(found: Found) -> str:
    """A fault that was noticed as a row of the list, with the test that noticed it."""
    fault, tests = found.fault, list(noticing(found))
    row = {"id": fault.id, "file": fault.file, "old": fault.old, "new": fault.new, "tests": tests}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()]
    return "\n".join(["", "[[fault]]", *lines, f'drawn = "{fault.drawn}"', ""])


def try_drawn(wanted: Sequence[Fault], lanes: int, keep: bool) -> list[Found]:
    """Plant each; what breaks a module so that nothing can be read is no fault, and left out."""
    known = {(fault.old, fault.new) for fault in faults()}
    tried = []
    with chosen_copies(lanes) as free, ThreadPoolExecutor(lanes) as pool:
        planted = [pool.submit(try_twice, fault, free) for fault in wanted]
        for found in (one.result() for one in as_completed(planted)):
            say(found)
            if found.code in {NOTICED, GREEN}:
                tried.append(found)
            if found.code == GREEN:
                print(f"- {found.fault.old.rstrip()}\n+ {found.fault.new.rstrip()}", flush=True)
            if keep and found.noticed and (found.fault.old, found.fault.new) not in known:
                with (Path(__file__).parent / "drawn.toml").open("a", encoding="utf-8") as file:
                    file.write(kept(found))
    return tried


def main() -> int:
    """Draw, plant, print the figures; 1 where something stayed green."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=40)
    parser.add_argument("--lanes", type=int, default=2)
    parser.add_argument("--nouns", action="store_true", help="draw from the nouns alone")
    parser.add_argument("--keep", action="store_true", help="write what was noticed to drawn.toml")
    parser.add_argument("--list", action="store_true", help="only say what would be planted")
    asked = parser.parse_args()
    settled = {(fault.old, fault.new) for fault in faults() if fault.equivalent}
    drawn = draw(asked.seed, asked.number, asked.nouns)
    wanted = [fault for fault in drawn if (fault.old, fault.new) not in settled]
    if asked.list:
        for fault in wanted:
            print(f"{fault.id} ({fault.drawn}) {', '.join(fault.tests)}")
            print(f"- {fault.old.rstrip()}\n+ {fault.new.rstrip()}\n")
        return 0
    tried, product = try_drawn(wanted, asked.lanes, asked.keep), texts()
    noticed = [found.noticed for found in tried]
    places = [ROOT / found.fault.file for found in tried]
    nouns = [f.noticed for f, p in zip(tried, places, strict=True) if is_noun(p, product[p])]
    print(f"Seed {asked.seed}: {sum(noticed)} of {len(noticed)} drawn faults were noticed,")
    print(f"in the nouns of the field {sum(nouns)} of {len(nouns)}.")
    return int(not all(noticed))


if __name__ == "__main__":
    sys.exit(main())
