"""Who is offered as the same person, who is only suggested, and what is said of it."""

from datetime import date

import pytest

from referral.people.matching import Kept, judge
from referral.people.traits import birth, traits

BORN = date(1988, 3, 7)
SWAPPED = date(1988, 7, 3)


def somebody(
    forename="Ruaridh", surname="Gillanders", born=BORN, *, middle="", code="", phone="", s="",
    others=(), sex="M",
):  # fmt: skip
    names = [(forename, middle, surname), *others]
    return traits(names, [born], sex, [code], [(phone, s)])


def judged(asked, *known):
    return judge(asked, [Kept(n, 9, one.line()) for n, one in enumerate(known, start=1)])


KNOWN = somebody(code="G12 8QQ", phone="07700 900123", s="S123456/05K", middle="Iain")
SAME = {
    "as recorded": somebody(),
    "day and month swapped": somebody(born=SWAPPED),
    "a spelling hardly anybody has": somebody("Ruairidh"),
    "surname heard wrong": somebody(surname="Gillander"),
    "names the wrong way round": somebody("Gillanders", "Ruaridh"),
    "phone, name, birth year wrong": somebody(born=date(1989, 3, 7), phone="07700900123"),
    "phone in the form of abroad": somebody(born=None, phone="+44 7700 900123"),
    "S-number and the forename alone": somebody(surname="Baxter", s="S123456/05K"),
    "S-number and no birth date": somebody(born=None, s="s123456/05k"),
    "birth date a digit out, address": somebody(born=date(1988, 3, 8), code="G12 8QQ"),
    "birth year wrong, address": somebody(born=date(1979, 3, 7), code="G12 8QQ"),
    "birth date a digit out, middle name": somebody(born=date(1988, 3, 8), middle="Iain"),
    "a new surname at the same address": somebody(surname="Baxter", code="G12 8QQ"),
}
SUGGESTED = {
    "a twin: the same birth date and surname": somebody("Callum", code="G12 8QQ"),
    "a twin on the phone of the household": somebody("Callum", phone="07700 900123"),
    "a twin who is called as the other in the middle": somebody("Iain", code="G12 8QQ"),
    "such a twin on the phone of the household": somebody("Iain", phone="07700 900123"),
    "a father or son: the same names": somebody(born=date(1961, 11, 20), code="G12 8QQ"),
    "a father or son on one phone": somebody(born=date(1961, 11, 20), phone="07700 900123"),
    "another S-number": somebody(s="S998877/11C"),
    "a name alone": somebody(born=None),
    "another sex": somebody(sex="F", code="G12 8QQ", phone="07700 900123"),
    "another sex, though the S-number": somebody(sex="F", s="S123456/05K"),
    "a name that a brother may have": somebody("Rory", code="G12 8QQ"),
    "the same, on the phone of the household": somebody("Rory", phone="07700 900123"),
    "a birth date a generation apart": somebody(born=date(1968, 3, 7), code="G12 8QQ"),
    "a name and an address": somebody(born=None, code="G12 8QQ"),
    "those of a father or son, and the middle name": somebody(
        born=None, middle="Iain", code="G12 8QQ"
    ),
    "a birth date one digit out": somebody(born=date(1988, 3, 8)),
    "a new surname": somebody(surname="Baxter"),
    "an S-number under another name": somebody("Stephen", "Baxter", s="S123456/05K"),
}


@pytest.mark.parametrize("asked", SAME.values(), ids=SAME.keys())
def test_offered_as_the_same_person(asked):
    first, *_ = judged(asked, KNOWN)
    assert first.confident


@pytest.mark.parametrize("asked", SUGGESTED.values(), ids=SUGGESTED.keys())
def test_only_suggested(asked):
    first, *_ = judged(asked, KNOWN)
    assert not first.confident


def test_mac_and_accents_are_the_same_name():
    known = somebody("Màiri", "MacGillivray", sex="F")
    first, *_ = judged(somebody("Mairi", "M'Gillivray", sex="F"), known)
    assert first.confident
    assert "same name" in first.why


def test_a_phone_that_two_people_have_says_little():
    shared = [
        somebody("Ruaridh", born=None, phone="07700900123"),
        somebody("Eilidh", born=None, phone="07700900123"),
    ]
    alone = judged(somebody(born=None, phone="07700900123"), shared[0])
    both = judged(somebody(born=None, phone="07700900123"), *shared)
    assert alone[0].confident
    assert not any(one.confident for one in both)
    assert "a phone number several people share" in both[0].why


def test_when_two_could_be_the_same_person_neither_is_offered():
    found = judged(somebody(), somebody(code="G1 1AA"), somebody(code="EH1 1AA"))
    assert [one.confident for one in found] == [False, False]


def test_a_common_name_misheard_needs_more_than_the_birth_date():
    misheard = somebody("Johnn", "Smyth")
    known = somebody("John", "Smith", code="G12 8QQ")
    assert not judged(misheard, known)[0].confident
    assert judged(somebody("Johnn", "Smyth", code="G12 8QQ"), known)[0].confident


@pytest.mark.parametrize(
    ("mine", "theirs", "code"),
    [
        (("Sean", "Kerr"), ("Dean", "Kerr"), "G12 8QQ"),
        (("Iain", "Hunt"), ("Iain", "Hunter"), "G13 1AA"),
    ],
)
def test_two_usual_names_that_sound_apart_are_not_one_misheard(mine, theirs, code):
    first, *_ = judged(somebody(*mine, code=code), somebody(*theirs, code="G12 8QQ"))
    assert not first.confident


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Ian", "John"),
        ("Jack", "John"),
        ("Sean", "John"),
        ("Robert", "William"),
        ("Mary", "Michelle"),
        ("Jamie", "James"),
        ("Tom", "Thomas"),
        ("Mark", "Marc"),
        ("Rab", "Bobby"),
        ("Con", "Constantine"),
        ("Michael", "Michaela"),
    ],
)
def test_two_children_of_one_house_are_two_people(mine, theirs):
    house = {"surname": "Gillanders", "code": "G12 8QQ", "sex": "U"}
    for one, other in ((mine, theirs), (theirs, mine)):
        first, *_ = judged(somebody(one, **house), somebody(other, **house))
        assert not first.confident


def test_a_short_form_that_nobody_is_given_is_the_same_person():
    first, *_ = judged(somebody("Wullie"), somebody("William"))
    assert first.confident


def test_a_short_form_beside_another_middle_name_is_somebody_else():
    here = {"code": "G12 8QQ", "phone": "07700 900123"}
    known = somebody("William", middle="Andrew", **here)
    assert not judged(somebody("Wullie", middle="Karl", **here), known)[0].confident
    assert judged(somebody("Wullie", middle="A", **here), known)[0].confident
    assert judged(somebody("William", middle="Karl", **here), known)[0].confident


def test_a_related_name_is_a_twin_though_they_share_a_middle_name():
    first, *_ = judged(somebody("Jamie", middle="Innes"), somebody("James", middle="Innes"))
    assert not first.confident


def test_the_middle_name_does_not_make_up_for_another_surname():
    """How many have the forename is not known where it is in no list of frequent ones."""
    known = somebody("Torcuil", middle="Iain", code="G12 8QQ")
    assert not judged(somebody("Torcuil", "Baxter", middle="Iain"), known)[0].confident
    assert judged(somebody("Torcuil", "Baxter", code="G12 8QQ"), known)[0].confident


def test_a_name_that_only_sounds_so_is_a_twin():
    susan = somebody("Susan", sex="F", code="G12 8QQ")
    assert not judged(somebody("Suzannee", sex="F", code="G12 8QQ"), susan)[0].confident
    assert judged(somebody("Suzan", sex="F", code="G12 8QQ"), susan)[0].confident


@pytest.mark.parametrize(
    "more",
    [{"middle": "Moira"}, {"others": [("Moira", "", "Gillanders")]}],
    ids=["middle", "other"],
)
def test_a_twin_who_may_go_by_that_name_is_as_likely(more):
    moira = somebody("Moira", sex="F")
    twin = somebody("Eilidh", sex="F", **more)
    assert judged(moira, moira)[0].confident
    assert not judged(moira, moira, twin)[0].confident


RAMESH = {"middle": "Sukhdev", "code": "PH51 1DT", "phone": "07537541656", "s": "S409277/50K"}


@pytest.mark.parametrize("surname", ["Gillanders", "Baxter"], ids=["of the house", "of its own"])
@pytest.mark.parametrize("more", [{}, {"code": "PH51 1DT"}, {"phone": "07537541656"}])
def test_a_twin_whose_forename_the_other_gives_besides_is_not_the_other(surname, more):
    known = somebody("Ramesh", others=[("Muhammad", "", surname)], **RAMESH)
    first, *_ = judged(somebody("Muhammad", **more), known)
    assert not first.confident
    assert judged(somebody("Ramesh", **more), known)[0].confident


def test_a_name_given_besides_is_theirs_by_the_number_or_with_a_surname_of_its_own():
    known = somebody("Ramesh", others=[("Muhammad", "", "Gillanders")], **RAMESH)
    assert judged(somebody("Muhammad", s="S409277/50K"), known)[0].confident
    other = somebody("Ramesh", others=[("Muhammad", "", "Baxter")], **RAMESH)
    assert judged(somebody("Muhammad", "Baxter", code="PH51 1DT"), other)[0].confident


@pytest.mark.parametrize("code", ["ZZ99 3VZ", "zz993wz", "NF1 1NF", "NK1 0AA", "nk010aa"])
def test_no_address_is_like_no_other(code):
    typed, known = somebody(born=None, code=code), somebody(born=None, code=code)
    assert typed.postcodes == ()
    assert "same postcode" not in judged(typed, known)[0].why


@pytest.mark.parametrize("said", ["Unknown", "UNKNOWN MALE", "refused", "Refuses to say", "xxx"])
def test_what_stands_for_no_name_is_nobodys_name(said):
    typed = somebody(said, said)
    assert typed.names == (("", "", ""),)
    assert not any(one.confident for one in judged(typed, somebody(said, said)))
    assert judged(somebody(said, said, born=None), somebody(said, said, born=None)) == []


def test_a_name_in_another_script_is_told_from_another_one():
    known = somebody("Олександр", "Шевченко")
    assert judged(somebody("Олександр", "Шевченко"), known)[0].confident
    other = judged(somebody("Дмитро", "Бойко"), known)[0]
    assert not other.confident
    assert "different forename" in other.why


def test_a_common_name_and_birth_date_alone_are_not_enough():
    john = somebody("John", "Smith", code="EH1 1AA")
    assert not judged(somebody("John", "Smith"), john)[0].confident
    assert not judged(somebody("John", "Smith", code="G12 8QQ"), john)[0].confident
    assert judged(somebody("John", "Smith", code="EH1 1AA"), john)[0].confident


def test_a_new_name_with_the_birth_date_is_found_by_the_address_among_a_hundred():
    many = [somebody("Piotr", f"Wojcik{n}", code=f"KA{n} 1AA") for n in range(99)]
    here = somebody("Euan", "Baxter", code="G12 8QQ")
    kept = [Kept(n, 1, one.line()) for n, one in enumerate([*many, here])]
    assert judge(somebody(code="G12 8QQ"), kept)[0].number == 99


def test_a_name_used_before_is_recognised_and_said():
    known = somebody("Shona", "Baxter", others=[("Shona", "", "Gillanders")], sex="F")
    first, *_ = judged(somebody("Shona", "Gillanders", sex="F"), known)
    assert first.confident
    assert "a name they have used before" in first.why


def test_a_rare_name_that_agrees_weighs_more_than_a_common_one():
    rare = judged(somebody(surname="Gillanders"), somebody(surname="Gillanders"))[0]
    common = judged(somebody(surname="Smith"), somebody(surname="Smith"))[0]
    assert rare.score > common.score


def test_the_reasons_are_in_words():
    known = somebody("William", "Docherty", code="G12 8QQ")
    first, *_ = judged(somebody("Wullie", "Dougherty", code="EH1 1AA"), known)
    assert first.why == (
        "same birth date",
        "surname sounds or is spelt alike",
        "a short form of the forename",
        "different address",
    )


@pytest.mark.parametrize(
    "day",
    [date(1900, 1, 1), date(1980, 1, 1), date(1987, 1, 1), date(1899, 12, 30), date(1911, 11, 11),
     date(1850, 5, 5), None],
)  # fmt: skip
def test_a_dummy_birth_date_says_nothing(day):
    assert birth(day) == ""


def test_the_best_ten_come_in_order():
    people = [somebody(code=f"G{n} 1AA", born=date(1950 + n, 3, 7)) for n in range(45)]
    found = judged(somebody(born=date(1960, 3, 7)), *people)
    assert len(found) == 10
    assert found[0].number == 11
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
