"""`make bench-recognition`: how well and how fast people are recognised, beside Splink.

    recognition.py [FOLDER] [--people N] [--questions N] [--seed N] [--postgres] [--no-splink]
                   [--held-out] [--unseen]

FOLDER holds `persons.tsv.gz` and `queries.jsonl.gz`; without one, people are generated. Prints for
each: the right person first, among three and among five; recognised confidently and rightly; how
many of the confident answers are right; how many of the never-seen are taken for somebody; how many
with a twin, sibling or parent on record are taken for them; and the time of one recognition with
the database. Before that, how long the load and all questions took. With --held-out only the half
of a set is scored that weights and thresholds were not learnt from; with --unseen the people are of
the unseen town, and the weights know none of their names.
"""

import argparse
import gzip
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from bench import generator, unlearnt
from bench.halves import is_learnt_from
from bench.unseen import Unseen
from postgres import postgres_url

ROOT = Path(__file__).parents[2]


def scores(questions: list[dict], answers: list[dict]) -> dict[str, float]:
    """What the answers are worth."""
    of = {answer["qid"]: answer for answer in answers}
    refs = {qid: [str(c["ref"]) for c in answer["candidates"]] for qid, answer in of.items()}
    back = [one for one in questions if one["kind"] == "returning"]
    new = [one for one in questions if one["kind"] == "new"]
    first = [one for one in back if refs[one["qid"]][:1] == [str(one["truth"])]]
    among = {
        most: sum(str(one["truth"]) in refs[one["qid"]][:most] for one in back) for most in (3, 5)
    }
    sure = sum(of[one["qid"]]["confident"] for one in (*back, *new))
    right = sum(of[one["qid"]]["confident"] for one in first)
    housed = [one for one in questions if one.get("house")]
    taken = sum(
        of[one["qid"]]["confident"] and refs[one["qid"]][0] in map(str, one["house"])
        for one in housed
    )
    times = sorted(answer["ms"] for answer in answers if answer["ms"] is not None)
    return {
        "recall_at_1": len(first) / len(back),
        "recall_at_3": among[3] / len(back),
        "recall_at_5": among[5] / len(back),
        "confident": right / len(back),
        "precision": right / max(1, sure),
        "false_on_house": taken / max(1, len(housed)),
        "false_on_new": sum(of[one["qid"]]["confident"] for one in new) / max(1, len(new)),
        **_on_namesakes(questions, of),
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(len(times) * 0.95)],
    }


def _on_namesakes(questions: list[dict], of: dict[int, dict]) -> dict[str, float]:
    """How many are taken for somebody of their name and birth date, where such are asked for."""
    asked = [of[one["qid"]]["confident"] for one in questions if one["kind"] == "namesake"]
    return {"on_namesake": sum(asked) / len(asked)} if asked else {}


def tell_wrong(questions: list[dict], answers: list[dict], folder: Path) -> None:
    """Prints what was asked and who was confidently taken for it, where that was somebody else."""
    of = {one["qid"]: one for one in answers}
    taken = {}
    for asked in questions:
        answer = of[asked["qid"]]
        first = str(answer["candidates"][0]["ref"]) if answer["candidates"] else ""
        if answer["confident"] and first != str(asked["truth"]) and asked["kind"] != "namesake":
            taken.setdefault(first, []).append(asked)
    with gzip.open(folder / "persons.tsv.gz", "rt", encoding="utf-8") as people:
        for line in people:
            for asked in taken.get(line.split("\t", 1)[0], ()):
                near = "of the house" if line.split("\t", 1)[0] in map(str, asked["house"]) else ""
                print(f"taken {near}: {asked}\n   for: {line.rstrip()}")


def ours(url: str, folder: Path, work: Path) -> list[dict]:
    """The answers of the product, by its own commands, each in a process of its own."""
    _run(url, "db", "upgrade")
    _timed(url, "people", "load", str(folder / "persons.tsv.gz"))
    out = work / "answers.jsonl"
    _timed(url, "people", "recognise", str(folder / "queries.jsonl.gz"), "--out", str(out))
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def _run(url: str, *words: str) -> None:
    program = "bench.unlearnt" if "WEIGHTS" in os.environ else "flask"
    command = [sys.executable, "-m", program, "--app", "wsgi", *words]
    surroundings = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(command, env=surroundings, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode())


def _timed(url: str, *words: str) -> None:
    begun, busy = perf_counter(), _busy()
    _run(url, *words)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    took = f"{perf_counter() - begun:.0f} s, {_busy() - busy:.0f} s of processor"
    print(f"  {words[1]}: {took}, {peak:.0f} MB in the largest process so far", flush=True)


def _busy() -> float:
    """Seconds of processor of the processes that have ended; not of a database server."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def splinks(folder: Path, questions: list[dict], work: Path) -> list[dict]:
    """The answers of Splink to the same questions."""
    from bench import splink_answers  # a heavy library, and only this comparison needs it

    with gzip.open(folder / "persons.tsv.gz", "rt", encoding="utf-8") as people:
        next(people)
        rows = (line.rstrip("\n").split("\t") for line in people)
        return splink_answers.answers(rows, questions, work)


@contextmanager
def _database(work: Path, *, postgres: bool) -> Iterator[str]:
    if not postgres:
        yield f"sqlite:///{work / 'bench.db'}"
        return
    with postgres_url() as url:
        if url is None:
            raise SystemExit("no PostgreSQL on this machine")
        yield url


def main() -> None:
    """Measure, and print."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("folder", nargs="?", type=Path)
    wanted.add_argument("--people", type=int, default=100_000)
    wanted.add_argument("--questions", type=int, default=3000)
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--unseen", action="store_true")
    wanted.add_argument("--postgres", action="store_true")
    wanted.add_argument("--no-splink", action="store_true")
    wanted.add_argument("--held-out", action="store_true")
    wanted.add_argument("--wrong", action="store_true")
    said = wanted.parse_args()
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        if said.folder is None:  # in another process, which gives its memory back
            made_by = get_context("spawn").Process(
                target=generator.write,
                args=(work, said.people, said.questions),
                kwargs={"seed": said.seed, "kind": Unseen if said.unseen else generator.Town},
            )
            made_by.start()
            made_by.join()
        folder = said.folder or work
        if said.unseen:
            os.environ["WEIGHTS"] = str(work / "weights.json")
            unlearnt.write(work / "weights.json")
        with gzip.open(folder / "queries.jsonl.gz", "rt", encoding="utf-8") as lines:
            questions = [json.loads(line) for line in lines]
        if said.held_out:
            questions = [one for one in questions if not is_learnt_from(one["qid"])]
        with _database(work, postgres=said.postgres) as url:
            answers = ours(url, folder, work)
        mine = scores(questions, answers)
        if said.wrong:
            tell_wrong(questions, answers, folder)
        theirs = {}
        if not said.no_splink and importlib.util.find_spec("splink"):
            theirs = scores(questions, splinks(folder, questions, work))
    print(f"{'':14}{'this':>10}{'Splink':>10}{'ratio':>10}")
    for name, value in mine.items():
        other = theirs.get(name)
        beside = f"{other:10.4f}{value / other:10.4f}" if other else ""
        print(f"{name:14}{value:10.5f}{beside}")


if __name__ == "__main__":
    main()
