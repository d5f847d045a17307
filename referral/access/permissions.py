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


_DESK = frozenset({Permission.SEE_BOOKINGS, Permission.BOOK})
_TEAM = frozenset({Permission.SEE_CASES, Permission.WORK_CASES})
_SERVICE = frozenset({Permission.SEE_INBOX, Permission.ANSWER_REFERRALS})
_EVERYONE = frozenset({Permission.SEE_ACCESS})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.CUSTODY_OFFICER: _EVERYONE | _DESK,
    Role.CUSTODY_SUPERVISOR: _EVERYONE | _DESK,
    Role.WORKER: _EVERYONE | _TEAM,
    Role.PEER: _EVERYONE | {Permission.SEE_CASES},
    Role.TEAM_LEAD: _EVERYONE | _TEAM,
    Role.SERVICE_WORKER: _EVERYONE | _SERVICE,
    Role.SERVICE_MANAGER: _EVERYONE | _SERVICE,
    Role.ADP_ANALYST: _EVERYONE,
    Role.CJS_ANALYST: _EVERYONE,
    Role.GUARDIAN: _EVERYONE,
    Role.ADMINISTRATOR: _EVERYONE,  # and no person, ever
}
