"""Plant the kept faults one after the other, and say which of them nobody noticed.

`make faults`, or with ARGS: `--only ID`, `--list drawn.toml`, `--sample 5 --seed 7`, `--lanes 2`.
Exits with 1 where a fault stayed green, could not be found, or where a test is red without one.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from faults.planting import (
    LISTS,
    Fault,
    Found,
    NotFound,
    ask,
    copied,
    faults,
    noticed_by,
    place_of,
    planted,
    texts,
)


def chosen(only: Sequence[str], lists: Sequence[str], sample: int, seed: int) -> list[Fault]:
    """The faults to plant: some by name, or so many by a seed, or all that can be noticed."""
    known = [fault for fault in faults(lists) if not fault.equivalent]
    if only:
        return [fault for fault in known if fault.id in only]
    return Random(seed).sample(known, min(sample, len(known))) if sample else known


@contextmanager
def chosen_copies(lanes: int) -> Iterator[SimpleQueue[Path]]:
    """So many copies of the tree, each of which is free."""
    free: SimpleQueue[Path] = SimpleQueue()
    with ExitStack() as copies:
        for _ in range(lanes):
            free.put(copies.enter_context(copied()))
        yield free


def try_one(fault: Fault, free: SimpleQueue[Path]) -> Found:
    """Plant a fault in a copy that is free, and ask its tests."""
    root, began = free.get(), time.monotonic()
    try:
        with planted(fault, root):
            code, words = ask(noticed_by(fault, root), root)
    finally:
        free.put(root)
    return Found(fault, code, time.monotonic() - began, words)


def try_all(wanted: Sequence[Fault], lanes: int) -> list[Found]:
    """Plant each fault, so many at once, and say what came of it as soon as that is known.

    What is returned stands in the order of the list.
    """
    with chosen_copies(lanes) as free, ThreadPoolExecutor(lanes) as pool:
        tried = [pool.submit(try_one, fault, free) for fault in wanted]
        for one in as_completed(tried):
            say(one.result())
        return [one.result() for one in tried]


def say(found: Found) -> None:
    """One line of the table."""
    word = "noticed" if found.noticed else "GREEN" if found.code == 0 else "BROKEN"
    line = f"{word:8} {found.seconds:5.1f} s  {found.fault.id:40} {found.last_line[:110]}"
    print(line, flush=True)


def is_sound(wanted: Sequence[Fault]) -> bool:
    """Whether the tests of all faults are green without any: else they would notice nothing."""
    named = dict.fromkeys(test for fault in wanted for test in noticed_by(fault))
    with copied() as root:
        code, words = ask(list(named), root)
    if code:
        print(f"Without any fault a test is red already: {words}")
    return code == 0


def main() -> int:
    """Plant and print; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--list", nargs="*", default=LISTS, dest="lists")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lanes", type=int, default=2)
    parser.add_argument("--trust", action="store_true", help="the tests are green without a fault")
    asked = parser.parse_args()
    wanted, product = chosen(asked.only, asked.lists, asked.sample, asked.seed), texts()
    try:
        for fault in wanted:
            place_of(fault, product), noticed_by(fault)
    except NotFound as error:
        print(error)
        return 1
    if not asked.trust and not is_sound(wanted):
        return 1
    found = try_all(wanted, asked.lanes)
    missed = [one for one in found if not one.noticed]
    print(f"{len(found) - len(missed)} of {len(found)} faults were noticed (seed {asked.seed}).")
    for one in missed:
        print(f"  nobody noticed {one.fault.id}: {one.fault.old!r} → {one.fault.new!r}")
    return 1 if missed or not found else 0


if __name__ == "__main__":
    sys.exit(main())
