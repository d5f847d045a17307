"""The actor of a request, as the rest of the code sees them."""

from dataclasses import dataclass, field
from uuid import UUID

from referral.access.permissions import ROLES, Permission, Role


@dataclass(frozen=True)
class Actor:
    """The user who acts: role, the one organisation they belong to, and desk staff's centre.

    Only who works here has a role, and by it permissions. `service_id` binds a program, or who
    answers by a link, to one service of the organisation; None for all of them.

    `user_id` is the number of an account or, where a service answers without one, of the link.
    """

    user_id: UUID
    name: str
    role: Role | None
    organisation_id: UUID
    centre_id: UUID | None = None
    service_id: UUID | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the role table gives them this."""
        return self.role is not None and ROLES[self.role].may(permission)


@dataclass(frozen=True)
class Oneself(Actor):
    """The person, by their card or by a link: they act on what is theirs, beside a team.

    They have no role: what is one's own needs no permission, and nothing else is opened.
    """

    role: None = field(default=None, init=False)
