"""Everything that somebody may be allowed to do, and the one table of the roles.

A role is one row of `ROLES`: what it may, with what kind of organisation, where it begins. What
else it takes to add one stands in docs/changes.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing that a page or a call of the API does; what it is called stands in `LABELS`."""

    SEE_BOOKINGS = "booking:see"
    BOOK = "booking:work"
    CORRECT_STAYS = "booking:correct"
    LOAD_BOOKINGS = "booking:load"
    KNOW_DANGERS = "danger:know"
    GO_ALONG = "mentor:go-along"
    WORK_CASES = "case:work"
    SEE_INBOX = "inbox:see"
    ANSWER_REFERRALS = "referral:answer"
    STATE_AGREEMENTS = "agreement:state"
    HAND_OFF_AT_DESK = "desk:hand-off"
    SEE_CARD = "card:see"
    SEE_TIMELINE = "timeline:see"
    ALLOCATE_CASES = "case:allocate"
    KEEP_SERVICES = "service:keep"
    PROVE_ADDRESSES = "service-address:prove"
    MAKE_TOKENS = "token:make"
    POST_ALERTS = "alert:post"
    SEE_ALERTS = "alert:see"
    SEE_LATE = "late:see"
    SEE_REPORTS = "report:see"
    SEE_TEAM_COUNTS = "report:team"
    MAKE_EDITIONS = "edition:make"
    SEE_OFFICIAL = "official:see"
    KEEP_OFFICIAL = "official:keep"
    EDIT_DIRECTORY = "directory:edit"
    MANAGE_ACCOUNTS = "account:manage"
    JOIN_PEOPLE = "person:join"
    SEARCH_AUDIT = "trail:search"
    SEE_JOBS = "job:see"
    SEE_ACCESS = "access:see"


LABELS: dict[Permission, str] = {
    Permission.SEE_BOOKINGS: "see the bookings of their own custody centre",
    Permission.BOOK: "book a person, ask them, and record what they agree to",
    Permission.CORRECT_STAYS: "put right what an officer may no longer change in a stay",
    Permission.LOAD_BOOKINGS: "bring in the bookings of their own centre from its register",
    Permission.KNOW_DANGERS: "see the dangers of who is in their own custody centre, and answer",
    Permission.GO_ALONG: "meet people who agreed to it, by first name, place and time",
    Permission.WORK_CASES: "see their own team’s cases, take one and hand it to services",
    Permission.SEE_INBOX: "see the referrals sent to their own organisation",
    Permission.ANSWER_REFERRALS: "answer a referral sent to their own organisation",
    Permission.STATE_AGREEMENTS: "say by a program that somebody agreed to be sent to a team",
    Permission.HAND_OFF_AT_DESK: "hand people to services from the desk when no worker is on site",
    Permission.SEE_CARD: "see which service a returning person is with, as far as they agreed",
    Permission.SEE_TIMELINE: "see what happened to a person before, as far as they agreed",
    Permission.ALLOCATE_CASES: "give their team's cases to its workers",
    Permission.PROVE_ADDRESSES: "type in the code that was sent to a service’s new address",
    Permission.KEEP_SERVICES: "say what their own services offer and how much room they have",
    Permission.MAKE_TOKENS: "let a program act for their own organisation",
    Permission.POST_ALERTS: "post public-health alerts for their own area",
    Permission.SEE_ALERTS: "read the public-health alerts for their own area",
    Permission.SEE_LATE: "see what is long overdue in their own organisation",
    Permission.SEE_REPORTS: "see counts, without any person",
    Permission.SEE_TEAM_COUNTS: "see their own team's counts, including small ones",
    Permission.MAKE_EDITIONS: "make, sign and freeze a report that is to be published",
    Permission.SEE_OFFICIAL: "see the figures of others that are set beside ours",
    Permission.KEEP_OFFICIAL: "enter, correct and take in the figures of others",
    Permission.EDIT_DIRECTORY: "edit custody centres, organisations, services and code lists",
    Permission.MANAGE_ACCOUNTS: "invite and lock users, and change their roles",
    Permission.JOIN_PEOPLE: "join two records of one person, and part them again",
    Permission.SEARCH_AUDIT: "search who did and saw what",
    Permission.SEE_JOBS: "see background work, and send again what failed",
    Permission.SEE_ACCESS: "see who may do what",
}


class Role(StrEnum):
    """A job that somebody does here; `ROLES` says what each may do."""

    CUSTODY_OFFICER = "custody officer"
    CUSTODY_SUPERVISOR = "custody supervisor"
    HEALTHCARE = "custody healthcare"
    WORKER = "arrest referral worker"
    PEER = "peer mentor"
    TEAM_LEAD = "team lead"
    SERVICE_WORKER = "service worker"
    SERVICE_MANAGER = "service manager"
    ADP_ANALYST = "ADP analyst"
    CJS_ANALYST = "Community Justice Scotland analyst"
    GUARDIAN = "privacy guardian"
    ADMINISTRATOR = "administrator"


class OrganisationKind(StrEnum):
    """The part that an organisation plays."""

    CUSTODY = "custody"
    TEAM = "arrest referral team"
    PROVIDER = "service provider"
    ADP = "alcohol and drug partnership"
    NATIONAL = "national body"


@dataclass(frozen=True)
class Standing:
    """The rights of a role, the kind of organisation it stands in, and the page it begins at.

    `begins` is the name of a page. Who is `at_centre` works in one custody centre and sees that.
    """

    permissions: frozenset[Permission]
    kind: OrganisationKind
    begins: str
    at_centre: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether the role gives this."""
        return permission in self.permissions


_DESK = frozenset(
    {
        Permission.SEE_BOOKINGS,
        Permission.BOOK,
        Permission.SEE_CARD,
        Permission.HAND_OFF_AT_DESK,
        Permission.SEE_ALERTS,
    }
)
_TEAM = frozenset(
    {
        Permission.WORK_CASES,
        Permission.PROVE_ADDRESSES,
        Permission.SEE_TIMELINE,
        Permission.SEE_ALERTS,
    }
)
_LEAD = frozenset(
    {
        Permission.ALLOCATE_CASES,
        Permission.SEE_REPORTS,
        Permission.SEE_TEAM_COUNTS,
        Permission.SEE_LATE,
    }
)
_MANAGER = frozenset({Permission.KEEP_SERVICES, Permission.MAKE_TOKENS, Permission.SEE_LATE})
_JOINS = frozenset({Permission.JOIN_PEOPLE})
_ANALYST = frozenset({Permission.SEE_REPORTS, Permission.SEE_OFFICIAL})
_FIGURES = frozenset({Permission.SEE_OFFICIAL, Permission.KEEP_OFFICIAL})
_ADMINISTRATOR = frozenset(
    {Permission.EDIT_DIRECTORY, Permission.MANAGE_ACCOUNTS, Permission.SEE_JOBS}
)
_SERVICE = frozenset(
    {
        Permission.SEE_INBOX,
        Permission.ANSWER_REFERRALS,
        Permission.STATE_AGREEMENTS,
        Permission.PROVE_ADDRESSES,
    }
)
_EVERYONE = frozenset({Permission.SEE_ACCESS})

_K = OrganisationKind

ROLES: Mapping[Role, Standing] = {
    Role.CUSTODY_OFFICER: Standing(
        _EVERYONE | _DESK, _K.CUSTODY, "desk.centre_now", at_centre=True
    ),
    Role.CUSTODY_SUPERVISOR: Standing(
        _EVERYONE | _DESK | {Permission.CORRECT_STAYS, Permission.LOAD_BOOKINGS},
        _K.CUSTODY,
        "desk.centre_now",
        at_centre=True,
    ),
    Role.HEALTHCARE: Standing(  # no need, no agreement, nothing of other stays
        _EVERYONE | {Permission.KNOW_DANGERS}, _K.CUSTODY, "health.here", at_centre=True
    ),
    Role.WORKER: Standing(_EVERYONE | _TEAM, _K.TEAM, "casefile.case_list"),
    Role.PEER: Standing(  # no case, no need, no surname
        _EVERYONE | {Permission.GO_ALONG, Permission.SEE_ALERTS}, _K.TEAM, "along.mine"
    ),
    Role.TEAM_LEAD: Standing(_EVERYONE | _TEAM | _LEAD | _JOINS, _K.TEAM, "casefile.case_list"),
    Role.SERVICE_WORKER: Standing(_EVERYONE | _SERVICE, _K.PROVIDER, "inbox.inbox_page"),
    Role.SERVICE_MANAGER: Standing(
        _EVERYONE | _SERVICE | _MANAGER, _K.PROVIDER, "inbox.inbox_page"
    ),
    Role.ADP_ANALYST: Standing(
        _EVERYONE | _ANALYST | {Permission.POST_ALERTS}, _K.ADP, "reports.outcomes"
    ),
    Role.CJS_ANALYST: Standing(
        _EVERYONE | _ANALYST | _FIGURES | {Permission.MAKE_EDITIONS},
        _K.NATIONAL,
        "reports.outcomes",
    ),
    Role.GUARDIAN: Standing(_EVERYONE | {Permission.SEARCH_AUDIT}, _K.NATIONAL, "oversight.trail"),
    Role.ADMINISTRATOR: Standing(  # and no person, ever
        _EVERYONE | _ADMINISTRATOR | _FIGURES, _K.NATIONAL, "directory.front"
    ),
}


def roles_with(*permissions: Permission) -> list[Role]:
    """The roles that give at least one of these, in the order of the table."""
    return [role for role, is_ in ROLES.items() if is_.permissions.intersection(permissions)]
