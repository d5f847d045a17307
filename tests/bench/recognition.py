"""`make bench-recognition`: how well and how fast people are recognised, beside Splink.

    python tests/bench/recognition.py [FOLDER] [--people N] [--questions N] [--postgres]

    [--no-splink]

FOLDER holds `persons.tsv.gz` and `queries.jsonl.gz`; without one, people are generated. Prints for
each: the right person first and among the first five, recognised confidently and rightly, how many
of the confident answers are right, how many of the never-seen are taken for somebody, the time of
one recognition with the database, and the processor's share of it.
"""

import argparse
import gzip
import importlib.util
import json
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from bench import generator
from flask_migrate import upgrade
from postgres import postgres_url

from referral.app import create_app
from referral.settings import Settings

WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def scores(questions: list[dict], answers: list[dict]) -> dict[str, float]:
    """What the answers are worth."""
    of = {answer["qid"]: answer for answer in answers}
    refs = {qid: [str(c["ref"]) for c in answer["candidates"]] for qid, answer in of.items()}
    back = [one for one in questions if one["kind"] == "returning"]
    new = [one for one in questions if one["kind"] == "new"]
    first = [one for one in back if refs[one["qid"]][:1] == [str(one["truth"])]]
    five = sum(str(one["truth"]) in refs[one["qid"]][:5] for one in back)
    sure = sum(answer["confident"] for answer in of.values())
    right = sum(of[one["qid"]]["confident"] for one in first)
    times = sorted(answer["ms"] for answer in answers if answer["ms"] is not None)
    return {
        "recall_at_1": len(first) / len(back),
        "recall_at_5": five / len(back),
        "confident": right / len(back),
        "precision": right / max(1, sure),
        "false_on_new": sum(of[one["qid"]]["confident"] for one in new) / max(1, len(new)),
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(len(times) * 0.95)],
    }


def ours(url: str, folder: Path, work: Path) -> list[dict]:
    """The answers of the product, loaded and asked by its own commands."""
    app = create_app(Settings(database_url=url))
    with app.app_context():
        upgrade()
    runner = app.test_cli_runner()
    _timed(runner, "load", ["people", "load", str(folder / "persons.tsv.gz")])
    out = work / "answers.jsonl"
    asked = ["people", "recognise", str(folder / "queries.jsonl.gz"), "--out", str(out)]
    _timed(runner, "recognise", asked)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def _timed(runner, name: str, arguments: list[str]) -> None:
    begun, busy = perf_counter(), _busy()
    said = runner.invoke(args=arguments)
    if said.exit_code:
        raise SystemExit(said.output)
    peak = sum(resource.getrusage(who).ru_maxrss for who in WHO) / 1024
    took = f"{perf_counter() - begun:.0f} s, {_busy() - busy:.0f} s of processor"
    print(f"  {name}: {took}, {peak:.0f} MB at most so far")


def _busy() -> float:
    """Seconds of processor, of helping processes too once they have ended."""
    used = [resource.getrusage(who) for who in WHO]
    return sum(one.ru_utime + one.ru_stime for one in used)


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
    wanted.add_argument("--postgres", action="store_true")
    wanted.add_argument("--no-splink", action="store_true")
    said = wanted.parse_args()
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        if said.folder is None:
            generator.write(work, said.people, said.questions)
        folder = said.folder or work
        with gzip.open(folder / "queries.jsonl.gz", "rt", encoding="utf-8") as lines:
            questions = [json.loads(line) for line in lines]
        with _database(work, postgres=said.postgres) as url:
            mine = scores(questions, ours(url, folder, work))
        theirs = {}
        if not said.no_splink and importlib.util.find_spec("splink"):
            theirs = scores(questions, splinks(folder, questions, work))
    print(f"{'':14}{'this':>10}{'Splink':>10}{'ratio':>10}")
    for name, value in mine.items():
        other = theirs.get(name)
        beside = f"{other:10.4f}{value / other:10.4f}" if other else ""
        print(f"{name:14}{value:10.4f}{beside}")


if __name__ == "__main__":
    main()
