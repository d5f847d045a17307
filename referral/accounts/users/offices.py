"""Which roles there are in which kind of organisation."""

from collections.abc import Mapping

from referral.access.permissions import Role
from referral.directory.models import OrganisationKind

FITS: Mapping[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.CUSTODY: frozenset({Role.CUSTODY_OFFICER, Role.CUSTODY_SUPERVISOR}),
    OrganisationKind.TEAM: frozenset({Role.WORKER, Role.PEER, Role.TEAM_LEAD}),
    OrganisationKind.PROVIDER: frozenset({Role.SERVICE_WORKER, Role.SERVICE_MANAGER}),
    OrganisationKind.ADP: frozenset({Role.ADP_ANALYST}),
    OrganisationKind.NATIONAL: frozenset({Role.CJS_ANALYST, Role.GUARDIAN, Role.ADMINISTRATOR}),
}
