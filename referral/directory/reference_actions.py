"""Scotland's areas, the field's code lists and sample custody centres, as they are shipped."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from referral.access.permissions import OrganisationKind
from referral.db import db
from referral.directory.models import (
    Code,
    Council,
    CustodyCentre,
    Organisation,
    Service,
    ServiceNeed,
)

EACH_ADP = "each ADP"
DATA = Path(__file__).parent / "data"
SHIPPED = date(2020, 1, 1)
# what the program alone sets: it has words, and is valid on no day, so that nobody is offered it
SET_BY_US = (
    ("case_close", "JOINED", "Goes on in the case of the same person"),
    ("case_close", "UNMET", "Nobody met them in time"),
)


def load_reference() -> None:
    """Put the shipped areas, code lists and sample centres into an empty directory."""
    for row in _rows("scotland_geo.csv"):
        db.session.add(
            Council(
                code=row["la_code"],
                name=row["la_name"],
                division_letter=row["division_letter"],
                division_name=row["division_name"],
                board_code=row["hb_code"],
                board_name=row["hb_name"],
                adp_code=row["adp_code"],
                adp_name=row["adp_name"],
            )
        )
    for position, row in enumerate(_rows("codelists.csv")):
        db.session.add(
            Code(
                list_name=row["list"],
                code=row["code"],
                label=row["label"],
                valid_from=SHIPPED,
                position=position,
            )
        )
    for list_name, code, label in SET_BY_US:
        ours = Code(list_name=list_name, code=code, label=label, valid_from=SHIPPED, position=1000)
        ours.valid_to = SHIPPED
        db.session.add(ours)
    db.session.flush()  # centres point at councils
    for row in _rows("custody_centres.csv"):
        db.session.add(
            CustodyCentre(
                name=row["name"],
                council_code=row["la_code"],
                kind=row["kind"],
                access_model="details",
                sample=True,
            )
        )


def load_handed_to() -> int:
    """Put the partnerships and Sacro, to whom people are handed, into a directory that is loaded.

    Nobody has confirmed any of it: neither number nor address nor hours stand there, and nobody is
    offered it. Returns how many services there are to ask.
    """
    for row in _rows("handed_to.csv"):
        if row["organisation"] != EACH_ADP:
            _to_ask(row, row["organisation"], OrganisationKind.PROVIDER, [])
            continue
        for name, councils in _partnerships().items():
            _to_ask(row, name, OrganisationKind.ADP, councils)
    db.session.flush()
    return db.session.scalar(select(func.count()).where(~Service.confirmed)) or 0


def _partnerships() -> dict[str, list[Council]]:
    """The councils of each alcohol and drug partnership, by its name."""
    found: dict[str, list[Council]] = {}
    for council in db.session.scalars(select(Council).order_by(Council.adp_name, Council.code)):
        found.setdefault(council.adp_name, []).append(council)
    return found


def _to_ask(
    row: dict[str, str], name: str, kind: OrganisationKind, councils: Sequence[Council]
) -> None:
    of = Organisation(name=name, kind=kind, councils=list(councils), confirmed=False)
    service = Service(organisation=of, name=row["service"], confirmed=False)
    service.needs = [ServiceNeed(need=need) for need in row["needs"].split()]
    service.councils = list(councils)
    db.session.add(service)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
