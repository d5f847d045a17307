"""Keep the code lists true: add a code, call one something else, end one."""

from datetime import date, datetime

from sqlalchemy import select

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.clock import day_of
from referral.db import db
from referral.directory.fixed import CLOSED, is_fixed
from referral.directory.models import Code
from referral.directory.queries import choices
from referral.errors import RuleBroken

AT_DESK = "desk_need"  # the needs that the desk asks about


class NoSuchCode(RuleBroken):
    """That choice is no longer on the list. Reload the page and choose again."""


class CodeExists(RuleBroken):
    """This code is already in the list. Choose another."""


class CalledAlready(RuleBroken):
    """This list has a code of that name already. Change that one, or choose another name."""


class RulesHangOnIt(RuleBroken):
    """The product acts on this code, so it cannot be ended. You can call it something else."""


class ListIsClosed(RuleBroken):
    """The product acts on each code of this list, so none can be added. You can rename them."""


class NotANeed(RuleBroken):
    """The desk asks about needs of the list “need” only. Add it there first, by the same code."""


def change_code(row: Code, label: str | None, by: Actor, at: datetime) -> None:
    """A code gets another label from today on, or none and is ended. Old rows stay as they were.

    Raises NoSuchCode for a row that has ended, RulesHangOnIt, CalledAlready.
    """
    today = day_of(at)
    if row.valid_to and row.valid_to <= today:
        raise NoSuchCode
    if label is None and is_fixed(row.list_name, row.code):
        raise RulesHangOnIt
    if label == row.label:
        return
    if label:
        _check_label(row.list_name, row.code, label, today)
    if label and row.valid_from == today:
        row.label = label  # a correction on the day it began
    else:
        row.valid_to = today
        if label:
            _add_row(row.list_name, row.code, label, row.position, today)
    record(Tag.CODE_CHANGED, by, at)


def add_code(list_name: str, code: str, label: str, by: Actor, at: datetime) -> None:
    """A new code at the end of its list, valid from today.

    Raises ListIsClosed, CodeExists, CalledAlready, and NotANeed for what the desk cannot ask about.
    """
    if list_name in CLOSED:
        raise ListIsClosed
    rows = db.session.scalars(
        select(Code).filter_by(list_name=list_name).order_by(Code.position, Code.valid_from)
    ).all()
    if any(row.code.casefold() == code.casefold() for row in rows):
        raise CodeExists
    today = day_of(at)
    _check_label(list_name, code, label, today)
    if list_name == AT_DESK and code not in dict(choices("need", today)):
        raise NotANeed
    _add_row(list_name, code, label, rows[-1].position + 1 if rows else 0, today)
    record(Tag.CODE_CHANGED, by, at)


def _check_label(list_name: str, code: str, label: str, today: date) -> None:
    """Two codes of one name could not be told apart, and a rule hangs on one of them only."""
    others = [name for one, name in choices(list_name, today) if one != code]
    if label.casefold() in {name.casefold() for name in others}:
        raise CalledAlready


def _add_row(list_name: str, code: str, label: str, position: int, today: date) -> None:
    row = Code(list_name=list_name, code=code, label=label, position=position, valid_from=today)
    db.session.add(row)
    db.session.flush()  # so that a second one of the same day is refused here
