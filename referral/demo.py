"""Invented organisations and accounts, to play with. No person in it is real."""

from sqlalchemy import select

from referral.access.permissions import Role
from referral.accounts.actions import HASHER
from referral.accounts.models import User
from referral.consent.actions import load_words
from referral.db import db
from referral.directory.models import (
    Council,
    CustodyCentre,
    Organisation,
    OrganisationKind,
    Service,
    ServiceNeed,
)
from referral.directory.reference import SHIPPED, load_reference

PASSWORD = "demo-only-not-a-secret"  # noqa: S105 - it is printed at each start

CENTRES = (
    ("Govan", "S12000049", True),
    ("Clydebank", "S12000039", False),
    ("Falkirk", "S12000014", False),
)
SERVICES = (
    ("Recovery hub", "Clydeside Recovery (invented)", ("DRUG", "ALC")),
    ("Housing first", "Doorstep Homes (invented)", ("HOUS",)),
    ("Money and rights advice", "Doorstep Homes (invented)", ("DEBT", "BEN")),
)
STAFF = (
    (Role.CUSTODY_OFFICER, "Kirsty Ross", "Custody division (invented)"),
    (Role.CUSTODY_SUPERVISOR, "Alan Petrie", "Custody division (invented)"),
    (Role.WORKER, "Morag Sim", "West arrest referral team (invented)"),
    (Role.PEER, "Dougie Hay", "West arrest referral team (invented)"),
    (Role.TEAM_LEAD, "Ruth Kerr", "West arrest referral team (invented)"),
    (Role.SERVICE_WORKER, "Ian Low", "Clydeside Recovery (invented)"),
    (Role.SERVICE_MANAGER, "Eva Dow", "Doorstep Homes (invented)"),
    (Role.ADP_ANALYST, "Omar Reid", "West ADP (invented)"),
    (Role.CJS_ANALYST, "Isla Gunn", "National office (invented)"),
    (Role.GUARDIAN, "Jean Orr", "National office (invented)"),
    (Role.ADMINISTRATOR, "Neil Rae", "National office (invented)"),
)
KINDS = {
    "Custody": OrganisationKind.CUSTODY,
    "West arrest": OrganisationKind.TEAM,
    "West ADP": OrganisationKind.ADP,
    "National": OrganisationKind.NATIONAL,
}


def empty() -> bool:
    """Whether the database holds nothing yet."""
    return db.session.scalars(select(Council.code).limit(1)).first() is None


def accounts() -> list[tuple[str, str]]:
    """Role and email address of each demo account."""
    return [(role.value, _email(role)) for role, _, _ in STAFF]


def load(password: str) -> None:
    """Areas, code lists, centres, organisations, services, and one account for each role."""
    load_reference()
    load_words(SHIPPED)
    db.session.flush()  # centres point at councils
    centres = [_centre(*row) for row in CENTRES]
    names = dict.fromkeys([name for _, _, name in STAFF])
    organisations = {name: Organisation(name=name, kind=_kind(name).value) for name in names}
    for organisation in organisations.values():
        if organisation.kind == OrganisationKind.TEAM:
            organisation.centres = centres
    db.session.add_all([*centres, *organisations.values()])
    db.session.flush()  # services and accounts point at organisations
    for name, provider, needs in SERVICES:
        met = [ServiceNeed(need=need) for need in needs]
        db.session.add(Service(name=name, organisation_id=organisations[provider].id, needs=met))
    password_hash = HASHER.hash(password)
    for role, name, employer in STAFF:
        custody = organisations[employer].kind == OrganisationKind.CUSTODY
        user = User(name=name, email=_email(role), role=role.value, password_hash=password_hash)
        user.organisation_id = organisations[employer].id
        user.centre_id = centres[0].id if custody else None
        db.session.add(user)


def _centre(name: str, council: str, healthcare: bool) -> CustodyCentre:
    return CustodyCentre(
        name=name,
        council_code=council,
        kind="primary",
        access_model="site",
        healthcare_24_7=healthcare,
        sample=True,
    )


def _kind(name: str) -> OrganisationKind:
    found = [kind for start, kind in KINDS.items() if name.startswith(start)]
    return found[0] if found else OrganisationKind.PROVIDER


def _email(role: Role) -> str:
    return f"{role.value.split('(')[0].strip().lower().replace(' ', '.')}@example.org"
