"""A column that repeats what other rows say is written in one place, whatever else a test does."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import InstrumentedAttribute

from referral.db import Model

PRODUCT = str(Path(__file__).parents[2] / "referral")
WRITER = "detail_actions.py", "repeat"


def worked_out() -> list[InstrumentedAttribute]:
    """The columns that say of themselves that they are."""
    return [
        getattr(mapper.class_, attribute.key)
        for mapper in Model.registry.mappers
        for attribute in mapper.column_attrs
        if attribute.columns[0].info.get("worked_out")
    ]


def _only_the_rule(row: object, value: object, before: object, initiator: object) -> None:
    del row, value, before, initiator
    frame = sys._getframe(1)
    while frame and not frame.f_code.co_filename.startswith(PRODUCT):
        if "site-packages" not in frame.f_code.co_filename and "<string>" not in str(frame.f_code):
            return  # a test that makes up a person
        frame = frame.f_back
    if frame:
        where = Path(frame.f_code.co_filename).name, frame.f_code.co_name
        assert where == WRITER, f"written past the rule: {where}"


@pytest.fixture(autouse=True, scope="session")
def one_writer() -> Iterator[None]:
    """Any assignment of the product but that of the rule fails the test in which it happens."""
    for column in worked_out():
        event.listen(column, "set", _only_the_rule)
    yield
    for column in worked_out():
        event.remove(column, "set", _only_the_rule)
