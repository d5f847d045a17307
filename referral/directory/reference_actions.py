"""Scotland's areas, the field's code lists and sample custody centres, as they are shipped."""

import csv
from datetime import date
from pathlib import Path

from referral.db import db
from referral.directory.models import Code, Council, CustodyCentre

DATA = Path(__file__).parent / "data"
SHIPPED = date(2020, 1, 1)
# what the program alone sets: it has words, and is valid on no day, so that nobody is offered it
SET_BY_US = (("case_close", "JOINED", "Goes on in the case of the same person"),)


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


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
