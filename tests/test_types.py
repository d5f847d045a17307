"""Words and lists of codes are types of the database, however they are kept."""

from enum import StrEnum

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry

from referral.db import Model


class Colour(StrEnum):
    """Two words, of which one is longer and neither is its name."""

    RED = "red as a post box"
    BLUE = "blue"


class Base(DeclarativeBase):
    """Tables of this test alone, with the types of the product."""

    registry = registry(type_annotation_map=Model.registry.type_annotation_map)


class Coat(Base):
    """A row with a word, one that may be missing, and a list."""

    __tablename__ = "coat"

    id: Mapped[int] = mapped_column(primary_key=True)
    colour: Mapped[Colour] = mapped_column(default=Colour.RED)
    lining: Mapped[Colour | None]
    sizes: Mapped[tuple[str, ...]] = mapped_column(default=())


@pytest.fixture
def session():
    """An empty table."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as made:
        yield made
    engine.dispose()


def kept(session):
    """The only row as the engine holds it."""
    return session.execute(text("SELECT colour, lining, sizes FROM coat")).one()


def test_a_row_carries_the_member_and_the_codes_and_the_table_keeps_plain_text(session):
    session.add(Coat(lining=Colour.BLUE, sizes=("S", "XL")))
    session.commit()
    coat = session.scalars(select(Coat)).one()
    assert coat.colour is Colour.RED
    assert coat.lining is Colour.BLUE
    assert coat.sizes == ("S", "XL")
    assert kept(session) == ("red as a post box", "blue", "S XL")


def test_no_word_and_no_codes_come_back_as_they_are(session):
    session.add(Coat())
    session.commit()
    coat = session.scalars(select(Coat)).one()
    assert (coat.lining, coat.sizes) == (None, ())
    assert kept(session) == ("red as a post box", None, "")


def test_a_statement_takes_the_member_and_its_word(session):
    session.add(Coat())
    session.commit()
    for word in (Colour.RED, "red as a post box"):
        assert session.scalars(select(Coat.id).where(Coat.colour == word)).all() == [1]
        assert session.scalars(select(Coat.id).where(Coat.colour.not_in([word]))).all() == []


def test_a_kept_word_that_is_none_of_the_members_is_not_read_as_one(session):
    session.add(Coat())
    session.flush()
    session.execute(text("UPDATE coat SET colour = 'green'"))
    with pytest.raises(LookupError, match=r"'green' is not among .* Enum name: colour"):
        session.scalars(select(Coat.colour)).all()


def test_a_word_that_is_none_of_the_members_is_not_written(session):
    session.add(Coat(colour="green"))
    with pytest.raises(StatementError, match="'green' is not among"):
        session.flush()


@pytest.mark.parametrize("sizes", ["S XL", ("S", "X L"), ("S", "")])
def test_codes_that_would_not_come_back_are_not_written(session, sizes):
    session.add(Coat(sizes=sizes))
    with pytest.raises(StatementError, match="none of which is empty or has a space"):
        session.flush()
