"""Organisations and accounts to play with. No person in it is real.

Those marked “(demo)” bear the names of some that there are, so that the play looks like the work:
what they offer here, their numbers, addresses and staff are as invented as all the others.
"""

from sqlalchemy import select

from referral.access.permissions import ROLES, OrganisationKind, Role
from referral.accounts.users.models import User
from referral.accounts.users.passwords import HASHER
from referral.clock import now
from referral.consent.actions import load_words
from referral.db import db
from referral.demo.models import DemoMark
from referral.directory.models import (
    Council,
    CustodyCentre,
    Organisation,
    Service,
    ServiceNeed,
)
from referral.directory.reference_actions import SHIPPED, load_reference
from referral.post.messages.actions import load_words as load_message_words

PASSWORD = "demo-only-not-a-secret"  # noqa: S105 - it is printed at each start

GLASGOW, CLYDE, FALKIRK = "S12000049", "S12000039", "S12000014"
CENTRES = (
    ("Govan", True),
    ("Clydebank", False),
    ("Falkirk", False),
)
SERVICES = (
    ("Recovery hub", "Glasgow City ADP services (demo)", ("DRUG", "ALC"), (GLASGOW, CLYDE)),
    ("Housing first", "Doorstep Homes (invented)", ("HOUS",), ()),
    ("Money and rights advice", "Doorstep Homes (invented)", ("DEBT", "BEN"), ()),
    ("Open door counselling", "Glasgow City ADP services (demo)", ("MH",), (GLASGOW, CLYDE)),
    (
        "Forth drug and alcohol team",
        "Falkirk ADP services (demo)",
        ("DRUG", "ALC"),
        (FALKIRK,),
    ),
    ("Forth wellbeing", "Falkirk ADP services (demo)", ("MH",), (FALKIRK,)),
    ("Support and mentoring", "Sacro (demo)", ("EMP", "FAM"), ()),
)
CAPACITY = ("capacity", "waitlist", "additional-assessment-required")
STAFF = (
    (Role.CUSTODY_OFFICER, "Kirsty Ross", "Custody division (invented)"),
    (Role.CUSTODY_SUPERVISOR, "Alan Petrie", "Custody division (invented)"),
    (Role.HEALTHCARE, "Nisha Blair", "Custody healthcare (invented)"),
    (Role.WORKER, "Morag Sim", "West arrest referral team (invented)"),
    (Role.PEER, "Dougie Hay", "West arrest referral team (invented)"),
    (Role.TEAM_LEAD, "Ruth Kerr", "West arrest referral team (invented)"),
    (Role.SERVICE_WORKER, "Ian Low", "Glasgow City ADP services (demo)"),
    (Role.SERVICE_MANAGER, "Eva Dow", "Doorstep Homes (invented)"),
    (Role.ADP_ANALYST, "Omar Reid", "Glasgow City ADP (demo)"),
    (Role.CJS_ANALYST, "Isla Gunn", "National office (invented)"),
    (Role.GUARDIAN, "Jean Orr", "National office (invented)"),
    (Role.ADMINISTRATOR, "Neil Rae", "National office (invented)"),
)
MORE_STAFF = (  # who works elsewhere; the number is that of their custody centre
    (Role.CUSTODY_OFFICER, "Fiona Muir", "Custody division (invented)", 1),
    (Role.CUSTODY_OFFICER, "Gregor Bain", "Custody division (invented)", 2),
    (Role.WORKER, "Catriona Fox", "West arrest referral team (invented)", None),
    (Role.SERVICE_WORKER, "Anna Weir", "Doorstep Homes (invented)", None),
    (Role.SERVICE_WORKER, "Lewis Tait", "Falkirk ADP services (demo)", None),
    (Role.SERVICE_WORKER, "Shona Bell", "Sacro (demo)", None),
    (Role.CJS_ANALYST, "Calum Reid", "National office (invented)", None),
)


def empty() -> bool:
    """Whether the database holds nothing yet."""
    return db.session.scalars(select(Council.code).limit(1)).first() is None


def accounts() -> list[tuple[str, str]]:
    """Role and email address of each demo account."""
    return [(role, _email(role)) for role, _, _ in STAFF]


def load(password: str) -> None:
    """Areas, code lists, centres, organisations, services, and one account for each role."""
    db.session.add(DemoMark(id=1, loaded_at=now()))
    load_reference()
    load_words(SHIPPED)
    load_message_words(SHIPPED)
    db.session.flush()  # the teams cover what was just loaded
    centres = [_centre(*row) for row in CENTRES]
    kinds = {row[2]: ROLES[row[0]].kind for row in (*STAFF, *MORE_STAFF)}
    organisations = {name: Organisation(name=name, kind=kind) for name, kind in kinds.items()}
    for organisation in organisations.values():
        if organisation.kind == OrganisationKind.TEAM:
            organisation.centres = centres
            organisation.phone = "0141 496 0123"  # of the numbers that are kept free for stories
            organisation.address = "1 Invented Street, Glasgow"
        if organisation.kind == OrganisationKind.ADP:
            organisation.councils = [db.session.get_one(Council, GLASGOW)]
    db.session.add_all([*centres, *organisations.values()])
    db.session.flush()  # services and accounts point at organisations
    for number, (name, provider, needs, areas) in enumerate(SERVICES):
        service = Service(name=name, organisation_id=organisations[provider].id)
        service.email = f"{name.lower().replace(' ', '.')}@example.org"
        service.phone = f"0141 496 {100 + number:04}"  # of the numbers kept for fiction
        service.needs = [ServiceNeed(need=need) for need in needs]
        service.councils = [db.session.get_one(Council, code) for code in areas]
        service.capacity = CAPACITY[number % len(CAPACITY)]
        service.capacity_as_at = now()
        db.session.add(service)
    password_hash = HASHER.hash(password)
    for role, name, employer in STAFF:
        _add_user(
            name,
            role,
            _email(role),
            password_hash,
            organisations[employer],
            centres[0] if ROLES[role].at_centre else None,
        )
    for number, (role, name, employer, place) in enumerate(MORE_STAFF):
        email = f"{name.lower().replace(' ', '.')}{number}@example.org"
        _add_user(
            name,
            role,
            email,
            password_hash,
            organisations[employer],
            None if place is None else centres[place],
        )


def _add_user(
    name: str,
    role: Role,
    email: str,
    password_hash: str,
    employer: Organisation,
    centre: CustodyCentre | None,
) -> None:
    user = User(name=name, email=email, role=role, password_hash=password_hash)
    user.organisation_id = employer.id
    user.centre_id = centre.id if centre else None
    db.session.add(user)


def _centre(name: str, healthcare: bool) -> CustodyCentre:
    centre = db.session.scalars(select(CustodyCentre).filter_by(name=name)).one()
    centre.access_model = "site" if name == "Govan" else "remote"
    centre.healthcare_24_7 = healthcare
    return centre


def _email(role: Role) -> str:
    return f"{role.lower().replace(' ', '.')}@example.org"
