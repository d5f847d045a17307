"""The same questions answered by Splink, trained without labels on the same people.

A fair use of it: its own comparisons, term frequencies, four blocking rules. Accuracy comes from
all questions at once, which is how it is meant to be used; the time of one recognition from a
sample asked one by one.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

FIELDS = ["unique_id", "forename", "surname", "dob", "postcode", "phone", "s_number"]
SURE = 0.999
ONE_BY_ONE = 10


def answers(people: Iterator[list[str]], questions: list[dict], folder: Path) -> list[dict]:
    """An answer for each question, in the form of `people recognise`."""
    duck = duckdb.connect()
    api = DuckDBAPI(connection=duck)
    known = _table(duck, folder / "people.csv", (_plain(row) for row in people))
    asked = _table(duck, folder / "asked.csv", (_of_question(one) for one in questions))
    left = api.register(known, table_name="people")
    right = api.register(asked, table_name="asked")
    linker = Linker([left, right], _settings(), log_level="ERROR")
    _train(linker)
    found = linker.inference.predict(threshold_match_probability=0.0001).as_duckdbpyrelation()
    best: dict[int, list[tuple[float, str]]] = {one["qid"]: [] for one in questions}
    columns = "match_probability, unique_id_l, unique_id_r, source_dataset_l"
    for sure, one, other, source in found.project(columns).fetchall():
        person, question = (one, other) if source == "people" else (other, one)
        best[int(question[1:])].append((sure, person))
    ms = _one_by_one(duck, api, linker, left, questions[:ONE_BY_ONE], folder)
    return [
        _answer(qid, sorted(rows, reverse=True)[:10], ms.get(qid)) for qid, rows in best.items()
    ]


def _answer(qid: int, rows: list[tuple[float, str]], ms: float | None) -> dict:
    alone = len(rows) < 2 or rows[1][0] < SURE
    return {
        "qid": qid,
        "confident": bool(rows) and rows[0][0] >= SURE and alone,
        "candidates": [{"ref": ref, "score": sure} for sure, ref in rows],
        "ms": ms,
    }


def _one_by_one(duck, api, linker, known, questions, folder) -> dict[int, float]:
    taken = {}
    for question in questions:
        table = _table(duck, folder / f"{question['qid']}.csv", [_of_question(question)])
        begun = perf_counter()
        one = api.register(table, table_name=f"one{question['qid']}")
        linker.inference.predict_between(known, one).as_duckdbpyrelation().fetchall()
        taken[question["qid"]] = (perf_counter() - begun) * 1000
    return taken


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("forename", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.JaroWinklerAtThresholds("surname", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.DamerauLevenshteinAtThresholds("dob", [1, 2]),
            cl.LevenshteinAtThresholds("postcode", [1]),
            cl.ExactMatch("phone"),
            cl.LevenshteinAtThresholds("s_number", [1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("dob"),
            block_on("forename", "surname"),
            block_on("postcode"),
            block_on("s_number"),
            block_on("phone"),
        ],
        retain_intermediate_calculation_columns=False,
    )


def _train(linker: Linker) -> None:
    linker.training.estimate_probability_two_random_records_match(
        [block_on("forename", "surname", "dob")], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("dob"), block_on("forename", "surname")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def _table(duck, path: Path, rows) -> duckdb.DuckDBPyRelation:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(FIELDS)
        writer.writerows(rows)
    return duck.read_csv(str(path), all_varchar=True)


def _plain(row: list[str]) -> list[str]:
    pid, forename, _, surname, born, _, postcodes, _, s_number, phone = row
    return [pid, forename.lower(), surname.lower(), born, postcodes.split("|")[0], phone, s_number]


def _of_question(question: dict) -> list[str]:
    asked = {name: value or "" for name, value in question["q"].items()}
    names = asked["forename"].lower(), asked["surname"].lower()
    rest = (asked[name] for name in ("dob", "postcode", "phone", "s_number"))
    return [f"q{question['qid']}", *names, *rest]
