"""Everything that somebody may be allowed to do, and the one table of who is."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a page or a call of the API does."""

    SEE_BOOKINGS = "see bookings of the own custody centre"
    BOOK = "book a person, ask, and record what they agree to"
    SEE_CASES = "see the cases of the own team"
    WORK_CASES = "take a case and hand it to services"
    SEE_INBOX = "see the referrals sent to the own organisation"
    ANSWER_REFERRALS = "answer a referral sent to the own organisation"
    HAND_OFF_AT_DESK = "assess and hand off from the desk where no worker is on site"
    SEE_CARD = "see with which service a returning person is, as far as they agreed"
    SEE_TIMELINE = "see what happened to a person before, as far as they agreed"
    ALLOCATE_CASES = "give cases of the own team to its workers"
    KEEP_SERVICES = "say what the own services offer and have room for"
    MAKE_TOKENS = "let a program act for the own organisation"
    POST_ALERTS = "warn the desks and workers of the own area"
    SEE_ALERTS = "read the warnings of the own area"
    SEE_LATE = "see what of the own organisation is long overdue"
    SEE_REPORTS = "see counts, without people"
    SEE_TEAM_COUNTS = "see the counts of the own team, also small ones"
    EDIT_DIRECTORY = "edit centres, organisations, services and code lists"
    MANAGE_ACCOUNTS = "invite, lock and change the role of users"
    JOIN_PEOPLE = "join two records of one person, and part them again"
    SEARCH_AUDIT = "search what was done and seen"
    SEE_JOBS = "see what the workers have to do, and send again what failed"
    SEE_ACCESS = "see who may do what"


class Role(StrEnum):
    """What a person is here for."""

    CUSTODY_OFFICER = "custody officer"
    CUSTODY_SUPERVISOR = "custody supervisor"
    WORKER = "arrest referral worker"
    PEER = "peer mentor"
    TEAM_LEAD = "team lead"
    SERVICE_WORKER = "service worker"
    SERVICE_MANAGER = "service manager"
    ADP_ANALYST = "ADP analyst"
    CJS_ANALYST = "Community Justice Scotland analyst"
    GUARDIAN = "privacy guardian"
    ADMINISTRATOR = "administrator"


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
        Permission.SEE_CASES,
        Permission.WORK_CASES,
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
_ANALYST = frozenset({Permission.SEE_REPORTS})
_ADMINISTRATOR = frozenset(
    {Permission.EDIT_DIRECTORY, Permission.MANAGE_ACCOUNTS, Permission.SEE_JOBS}
)
_SERVICE = frozenset({Permission.SEE_INBOX, Permission.ANSWER_REFERRALS})
_EVERYONE = frozenset({Permission.SEE_ACCESS})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.CUSTODY_OFFICER: _EVERYONE | _DESK,
    Role.CUSTODY_SUPERVISOR: _EVERYONE | _DESK,
    Role.WORKER: _EVERYONE | _TEAM,
    Role.PEER: _EVERYONE | {Permission.SEE_CASES, Permission.SEE_ALERTS},
    Role.TEAM_LEAD: _EVERYONE | _TEAM | _LEAD | _JOINS,
    Role.SERVICE_WORKER: _EVERYONE | _SERVICE,
    Role.SERVICE_MANAGER: _EVERYONE | _SERVICE | _MANAGER,
    Role.ADP_ANALYST: _EVERYONE | _ANALYST | {Permission.POST_ALERTS},
    Role.CJS_ANALYST: _EVERYONE | _ANALYST,
    Role.GUARDIAN: _EVERYONE | {Permission.SEARCH_AUDIT},
    Role.ADMINISTRATOR: _EVERYONE | _ADMINISTRATOR,  # and no person, ever
}
