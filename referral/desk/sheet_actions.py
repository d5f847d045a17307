"""Print numbered sheets for when the line is down, and type each in, once."""

from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.custody.leg_actions import own_centre
from referral.custody.models import Booking
from referral.db import db
from referral.desk.actions import Arrival, arrive
from referral.desk.models import PaperSheet
from referral.desk.sheets import new_number
from referral.errors import RuleBroken


class SheetEntered(RuleBroken):
    """This sheet was entered already. Look at who entered it, and when."""

    status = 409


class WrittenWhen(RuleBroken):
    """Choose when it was written: after the sheet was printed, and not later than now."""

    fields = ("written_at",)


def print_sheets(how_many: int, by: Actor, at: datetime) -> list[PaperSheet]:
    """So many new sheets of the actor's custody centre, each with its number. Raises NoCentre."""
    centre = own_centre(by)
    sheets = [
        PaperSheet(
            number=new_number(), centre_id=centre.id, printed_at=at, printed_by_id=by.user_id
        )
        for _ in range(how_many)
    ]
    db.session.add_all(sheets)
    record(Tag.SHEETS_PRINTED, by, at, record_id=centre.id)
    return sheets


def check_blank(sheet: PaperSheet) -> None:
    """Nobody has typed it in yet. Raises SheetEntered."""
    if sheet.entered_at:
        raise SheetEntered


def enter(
    sheet: PaperSheet, arrival: Arrival, written_at: datetime, by: Actor, at: datetime
) -> Booking:
    """Book whom a sheet is about, and spend its number.

    Raises SheetEntered, WrittenWhen, and what `arrive` raises.
    """
    check_blank(sheet)
    if not sheet.printed_at.replace(second=0, microsecond=0) <= written_at <= at:
        raise WrittenWhen
    booking = arrive(arrival, by, at)
    sheet.enter(booking.id, written_at, by, at)
    record(Tag.SHEET_ENTERED, by, at, subject_id=booking.person_id, record_id=booking.id)
    return booking
