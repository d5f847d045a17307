"""The town by which recognition is judged is one that nothing was learnt from."""

import json
from collections import defaultdict
from random import Random

from bench import unlearnt
from bench.names_unseen import COMMUNITIES
from bench.unseen import Unseen

from referral.people.names import fold


def town(seed):
    made = Unseen(Random(seed))
    made.fill(600)
    return made


def test_no_share_of_its_names_is_known(tmp_path):
    unlearnt.write(tmp_path / "weights.json")
    known = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))
    assert len(known["forenames"]) > 100
    shares = known["forenames"].keys() | known["surnames"].keys()
    names = {fold(name) for one in COMMUNITIES for kind in one.names.values() for name in kind}
    assert len(names) > 500
    assert names.isdisjoint(shares)


def test_a_seed_makes_the_same_town_and_the_same_questions():
    one, other = town(5), town(5)
    assert one.people == other.people
    assert list(one.questions(50, 50)) == list(other.questions(50, 50))
    assert town(6).people != one.people


def test_twins_of_one_house_have_names_of_their_own():
    houses = defaultdict(list)
    for one in town(7).people:
        houses[one.house or one.pid].append(one)
    twins = [
        (one, other)
        for people in houses.values()
        for one in people
        for other in people
        if one.pid < other.pid and one.born == other.born
    ]
    assert twins
    assert all(one.forename != other.forename for one, other in twins)


def test_of_each_stranger_and_returning_person_the_house_is_known():
    questions = list(town(8).questions(200, 200))
    kinds = {question["kind"] for question in questions}
    assert kinds == {"returning", "new", "namesake"}
    assert any(question["house"] for question in questions if question["kind"] == "new")
    for question in questions:
        assert question["truth"] not in question["house"]
