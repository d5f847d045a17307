"""Look-ups in the directory, each ordered to the last tie."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from referral.db import db
from referral.directory.models import Code, CustodyCentre, Organisation, Service, team_centre


def choices(list_name: str, on: date) -> list[tuple[str, str]]:
    """Code and label of the rows of a code list that are valid on a day."""
    wanted = select(Code).where(
        Code.list_name == list_name,
        Code.valid_from <= on,
        or_(Code.valid_to.is_(None), Code.valid_to > on),
    )
    rows = db.session.scalars(wanted.order_by(Code.position, Code.code))
    return [(row.code, row.label) for row in rows]


def labels(list_name: str) -> dict[str, str]:
    """The latest label of each code of a list, also of those that are valid no more."""
    wanted = select(Code).where(Code.list_name == list_name).order_by(Code.valid_from, Code.code)
    return {row.code: row.label for row in db.session.scalars(wanted)}


def services() -> Sequence[Service]:
    """All services with their organisations, by name."""
    wanted = select(Service).options(joinedload(Service.organisation))
    return db.session.scalars(wanted.order_by(Service.name, Service.id)).all()


def team_for(centre: CustodyCentre) -> Organisation | None:
    """The arrest referral team that covers a custody centre; None where there is none."""
    wanted = (
        select(Organisation)
        .join(team_centre, team_centre.c.organisation_id == Organisation.id)
        .where(team_centre.c.centre_id == centre.id)
    )
    return db.session.scalars(wanted.order_by(Organisation.name, Organisation.id)).first()
