"""Faults that are planted in a copy of the tree, one at a time, and the tests that should notice.

A fault is found again by its own words wherever they have moved to: `old` must stand exactly once
in all of the product. Which test notices it is found by the end of its path.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTS = ("faults.toml", "drawn.toml")
PRODUCT = {"referral": {".py", ".toml", ".csv", ".json"}, "templates": {".html", ".txt"}}
NEEDED = ("referral", "templates", "migrations", "tests", "docs")
NEEDED += ("pyproject.toml", "wsgi.py", "README.md")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.pyc", "pictures", ".hypothesis")
NOTICED, GREEN, BROKEN = 1, 0, 2  # what pytest says
UNREAD = re.compile(r"ERROR \S+\.py( - |$)")  # a file of tests that could not even be collected
LIBRARIES = ["pytest", "flask_migrate", "flask_smorest", "flask_wtf", "flask_login", "weasyprint"]
LIBRARIES += ["html5lib", "argon2", "holidays", "hypothesis", "psycopg", "pypdf", "rapidfuzz"]
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(LIBRARIES)
PATIENCE = 600  # seconds; what hangs has noticed nothing


class NotFound(Exception):
    """A fault, or a test of one, that stands nowhere any more, or in more places than one."""


@dataclass(frozen=True)
class Fault:
    """One line that is wrong, and who should notice; `file` is a hint for readers alone."""

    id: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    drawn: str = ""  # how it was drawn; empty where somebody thought of it
    equivalent: str = ""  # why nobody can notice it; such a one is not planted


@dataclass(frozen=True)
class Found:
    """What became of a planted fault."""

    fault: Fault
    code: int
    seconds: float
    last_line: str

    @property
    def noticed(self) -> bool:
        """Whether a test failed because of it. A tree that cannot be read at all is no fault."""
        return self.code == NOTICED


def faults(names: Sequence[str] = LISTS) -> list[Fault]:
    """Every fault that is kept and can be noticed, in the order of the lists."""
    rows = []
    for name in names:
        text = (Path(__file__).parent / name).read_text(encoding="utf-8")
        rows += tomllib.loads(text).get("fault", [])
    return [Fault(**row | {"tests": tuple(row["tests"])}) for row in rows]


def texts(root: Path = ROOT) -> dict[Path, str]:
    """All that the product is made of, by path."""
    found = {}
    for folder, kinds in PRODUCT.items():
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in kinds and "static" not in path.parts:
                found[path] = path.read_text(encoding="utf-8")
    return found


def place_of(fault: Fault, product: dict[Path, str]) -> Path:
    """The one file in which the fault's old words stand. Raises NotFound."""
    places = [path for path, text in product.items() for _ in range(text.count(fault.old))]
    if len(places) != 1:
        where = ", ".join(sorted({str(path) for path in places})) or "nowhere"
        raise NotFound(f"{fault.id}: its old words stand {len(places)} times ({where})")
    return places[0]


def noticed_by(fault: Fault, root: Path = ROOT) -> list[str]:
    """The fault's tests as pytest takes them. Raises NotFound."""
    known = [str(path.relative_to(root)) for path in (root / "tests").rglob("test_*.py")]
    named = []
    for test in fault.tests:
        end, _, function = test.partition("::")
        same = [path for path in known if f"/{path}".endswith(f"/{end}")]
        if len(same) != 1:
            raise NotFound(f"{fault.id}: {len(same)} test files end with {end}")
        if function and f"def {function.partition('[')[0]}(" not in (root / same[0]).read_text(
            encoding="utf-8"
        ):
            raise NotFound(f"{fault.id}: {same[0]} has no {function}")
        named.append(f"{same[0]}::{function}" if function else same[0])
    return named


def make_model(root: Path) -> Path:
    """A database for all tests of a copy to begin with, made once: faults come after it."""
    made = (
        "import sys, pathlib; from support.databases import make_model; "
        "make_model(pathlib.Path(sys.argv[1]))"
    )
    reads = {"PYTHONPATH": os.pathsep.join([".", "tests"])}
    command = [sys.executable, "-c", made, str(root / "model.db")]
    subprocess.run(command, cwd=root, env=os.environ | reads, check=True, capture_output=True)
    return root / "model.db"


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of the tree in a temporary folder, for the time of the block."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        for name in NEEDED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, Path(folder) / name, ignore=NOT_COPIED)
            else:
                shutil.copy(ROOT / name, folder)
        make_model(Path(folder))
        yield Path(folder)


@contextmanager
def planted(fault: Fault, root: Path) -> Iterator[None]:
    """The copy with the fault in it, for the time of the block. Raises NotFound."""
    path = place_of(fault, texts(root))
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace(fault.old, fault.new), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(right, encoding="utf-8")


def ask(tests: Sequence[str], root: Path) -> tuple[int, str]:
    """Run tests in a copy on SQLite until one fails; what pytest answered, and its last words.

    Each runs in a process of its own that is forked from one in which the libraries are read.
    """
    words = root / "words.txt"
    process = FORKS.Process(target=_test, args=(str(root), list(tests), str(words)))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
        return GREEN, "took too long"
    lines = [line for line in words.read_text("utf-8", "replace").splitlines() if line.strip()]
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    last = (failed or lines or [""])[-1]
    return BROKEN if UNREAD.match(last) else process.exitcode or 0, last


def _test(root: str, tests: list[str], words: str) -> None:
    """What the process does: it forgets the tree that it came from and tests the copy."""
    with Path(words).open("w", encoding="utf-8") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    os.chdir(root)
    sys.path[:] = [place for place in sys.path if not place.startswith(str(ROOT / "tests"))]
    sys.path[:] = [place for place in sys.path if place not in {"", str(ROOT)}]
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        del os.environ[name]
    # without the plugins for browsers and many processes it begins in half the time
    os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "SQLITE_MODEL": f"{root}/model.db"}
    import pytest

    chosen = ["-p", "pytest_socket", "-m", "not postgres and not browser", *tests]
    chosen += ["-k", "not make_run"]  # there is no .venv in a copy
    sys.exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *chosen]))
