"""A whole register is loaded, and its people are recognised; what cannot be read is said."""

import gzip
import json
from datetime import date

import pytest
from sqlalchemy import func, select

from referral.db import db
from referral.people.detail_queries import details_of
from referral.people.details import Detail, ever_said
from referral.people.keys import keys_of
from referral.people.models import Person, PersonAlias, PersonKey, PersonTraits
from referral.people.register import COLUMNS, NotTheRegister, entries
from referral.people.traits import of_line

HEADER = "\t".join(COLUMNS)
GOOD = [
    "7\tShona\tAnn\tGillanders\t1988-03-07\tF\tG12 8QQ|EH1 1AA"
    "\tShona~Baxter~|Sheena~Baxter~1988-03-08"
    "\tS123456/05K\t07700900123",
    "8\tRuaridh\t\tBłądek\t\tM\t\t\t\t",
]
BAD = [
    "9\tToo\tfew",
    "10\tA\t\tB\t1988-13-07\tM\t\t\t\t",
    "11\tA\t\tB\t\tQ\t\t\t\t",
    "12\tA\t\tB\t\tM\t\tA~B\t\t",
    "\tA\t\tB\t\tM\t\t\t\t",
    "7\tA\t\tB\t\tM\t\t\t\t",
]


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.tsv.gz"
    lines = [HEADER, GOOD[0], *BAD, GOOD[1]]
    path.write_bytes(gzip.compress("\n".join(lines).encode() + b"\n\xff\n"))
    return path


def test_the_readable_rows_are_loaded_whole_and_the_others_named_by_line(app, register):
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Person))
    said = app.test_cli_runner().invoke(args=["people", "load", str(register)])
    assert said.exit_code == 0, said.output
    assert "2 people loaded, 7 lines left out" in said.stdout
    assert [line.split(":")[0] for line in said.stderr.splitlines() if "left out" in line] == [
        f"line {number} is left out" for number in (3, 4, 5, 6, 7, 8, 10)
    ]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == before + 2
        shona = db.session.scalars(select(Person).where(Person.reference == "7")).one()
        assert (shona.name, shona.middle, shona.date_of_birth, shona.postcode) == (
            *("Shona Gillanders", "Ann"),
            *(date(1988, 3, 7), "G12 8QQ"),
        )
        aliases = select(PersonAlias.surname).where(PersonAlias.person_id == shona.id)
        assert db.session.scalars(aliases).all() == ["Baxter", "Baxter"]
        assert ever_said(details_of(shona.id), Detail.POSTCODE) == ["G12 8QQ", "EH1 1AA"]


def test_every_loaded_person_has_their_keys_and_can_be_changed_afterwards(app, register):
    app.test_cli_runner().invoke(args=["people", "load", str(register)])
    with app.app_context():
        for number, line in db.session.execute(select(PersonTraits.number, PersonTraits.line)):
            keys = db.session.scalars(select(PersonKey.key).where(PersonKey.number == number))
            assert set(keys) == keys_of(of_line(line))


def test_the_same_file_again_adds_nobody(app, register):
    runner = app.test_cli_runner()
    runner.invoke(args=["people", "load", str(register)])
    said = runner.invoke(args=["people", "load", str(register)])
    assert "0 people loaded, 9 lines left out" in said.stdout


def test_questions_are_answered_one_a_line(app, register, tmp_path):
    runner = app.test_cli_runner()
    runner.invoke(args=["people", "load", str(register)])
    asked = {"forename": "Sheena", "surname": "Baxter", "dob": "1988-03-08", "phone": None}
    questions, answers = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    questions.write_text(json.dumps({"qid": 5, "q": asked}) + "\n", encoding="utf-8")
    said = runner.invoke(args=["people", "recognise", str(questions), "--out", str(answers)])
    assert said.exit_code == 0, said.output
    answer = json.loads(answers.read_text(encoding="utf-8"))
    assert (answer["qid"], answer["confident"]) == (5, True)
    assert answer["candidates"][0]["ref"] == "7"
    assert "a name they have used before" in answer["candidates"][0]["why"]
    assert answer["ms"] > 0


def test_a_file_of_something_else_is_refused(app, tmp_path):
    path = tmp_path / "other.tsv"
    path.write_text("a\tb\n1\t2\n", encoding="utf-8")
    with pytest.raises(NotTheRegister):
        list(entries([b"a\tb\n"], set()))
    said = app.test_cli_runner().invoke(args=["people", "load", str(path)])
    assert said.exit_code == 1
    assert "pid forename" in said.output


TEXT = "\r\n".join([HEADER.upper(), GOOD[0], "", GOOD[1], ""])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bom.tsv", TEXT.encode("utf-8-sig")),
        ("wide.txt", TEXT.encode("utf-16")),
        ("wide.txt.gz", gzip.compress(TEXT.encode("utf-16"))),
        ("big.txt", b"\xfe\xff" + TEXT.encode("utf-16-be")),
        ("unpacked.tsv.gz", TEXT.encode()),
        ("packed.tsv", gzip.compress(TEXT.encode())),
    ],
)
def test_a_file_is_read_by_how_it_begins_and_not_by_its_name(app, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    said = app.test_cli_runner().invoke(args=["people", "load", str(path)])
    assert said.exit_code == 0, said.output
    assert "2 people loaded, 0 lines left out" in said.stdout
    with app.app_context():
        names = select(Person.surname).where(Person.reference.in_(["7", "8"]))
        assert set(db.session.scalars(names)) == {"Gillanders", "Błądek"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Its first line must be, with tabs between"),
        (b"name,born\n", "Its first line must be, with tabs between"),
        (gzip.compress(TEXT.encode())[:-20], "cannot be read to its end. Nobody is loaded"),
        (gzip.compress(TEXT.encode())[:30] + b"nonsense" * 9, "cannot be read to its end"),
    ],
)
def test_a_file_that_is_none_says_so_and_loads_nobody(app, tmp_path, content, sentence):
    path = tmp_path / "register.tsv.gz"
    path.write_bytes(content)
    said = app.test_cli_runner().invoke(args=["people", "load", str(path)])
    assert said.exit_code == 1
    assert sentence in said.output
    with app.app_context():
        loaded = select(func.count()).select_from(Person).where(Person.reference.is_not(None))
        assert db.session.scalar(loaded) == 0
