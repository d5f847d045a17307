"""States and lists are types of the database, and every breach that is planted is noticed."""

from enum import StrEnum
from typing import ClassVar

import pytest
from guards import house, typed
from sqlalchemy import CheckConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from referral.app import create_app
from referral.consent.purposes import Answer
from referral.db import WORDS, Model
from referral.settings import Settings

CODE = sorted((house.ROOT / "referral").rglob("*.py"))
BREACHES = (
    "ReferralState(referral.state) in ENDED",
    "select(Job).where(Job.state == JobState.DONE.value)",
    "select(Job).filter_by(state=JobState.DONE.value)",
    "Referral.state.in_([state.value for state in ENDED])",
    "Referral.state.not_in([ReferralState.DRAFT.value])",
    "referral.state = rule.target.value",
    "Offer(answer=details.answer.value)",
    "set(referral.needs.split())",
    'Referral(needs=" ".join(needs))',
    'carried.fields = " ".join(fields)',
)
SOUND = (
    "OfferAnswer(self.answer.data)",
    "select(Job).where(Job.state == JobState.DONE)",
    "select(AuditEvent).filter_by(tag=tag.value)",  # a text that outlives its release
    "name.split()",
    'Person(name=" ".join(names))',
    "shown.value is None",
)


@pytest.fixture(scope="module", autouse=True)
def _all_tables():
    create_app(Settings(database_url="sqlite://"))


def test_nobody_turns_what_a_row_carries_into_what_it_is():
    for path in CODE:
        assert typed.turned_by_hand(path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize("planted", BREACHES)
def test_what_is_turned_by_hand_is_noticed(planted):
    assert typed.turned_by_hand(planted) == [1]


@pytest.mark.parametrize("sound", SOUND)
def test_what_is_a_text_is_let_pass(sound):
    assert typed.turned_by_hand(sound) == []


def test_a_column_whose_check_lists_the_members_of_an_enumeration_has_it_as_its_type():
    assert typed.texts_that_are_words(Model) == []


def test_a_text_whose_check_lists_the_members_is_noticed():
    class Base(DeclarativeBase):
        metadata = MetaData()

    class Planted(Base):
        __tablename__ = "planted"
        __table_args__ = (CheckConstraint("answer IN ('withdrawn', 'granted', 'refused')"),)
        id: Mapped[int] = mapped_column(primary_key=True)
        answer: Mapped[str]

    assert typed.texts_that_are_words(Base) == ["planted.answer"]


def test_the_database_lets_nothing_into_a_column_of_words_but_its_words():
    assert typed.words_without_a_check(Model) == []


def test_a_column_of_words_without_a_check_is_noticed():
    class Base(DeclarativeBase):
        metadata = MetaData()
        type_annotation_map: ClassVar = {StrEnum: WORDS}

    class Planted(Base):
        __tablename__ = "planted"
        __table_args__ = (CheckConstraint("answer IN ('withdrawn', 'granted')"),)
        id: Mapped[int] = mapped_column(primary_key=True)
        answer: Mapped[Answer]

    assert typed.words_without_a_check(Base) == ["planted.answer"]


def test_the_guard_knows_the_words_and_the_lists_there_are():
    assert typed.words()["state"] >= {"ReferralState", "StopState", "JobState", "UserState"}
    assert typed.lists() >= {"needs", "dangers", "channels", "fields", "left_out", "ways_out"}
    assert all(issubclass(kind, StrEnum) for kind in typed._enumerations())
