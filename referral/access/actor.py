"""The signed-in person as the rest of the code sees them."""

from dataclasses import dataclass
from uuid import UUID

from referral.access.permissions import ROLES, Permission, Role


@dataclass(frozen=True)
class Actor:
    """The user who acts: role, the one organisation they belong to, and desk staff's centre.

    `user_id` is the number of an account or, where a service answers without one, of the link.
    """

    user_id: UUID
    name: str
    role: Role
    organisation_id: UUID
    centre_id: UUID | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the role table gives them this."""
        return permission in ROLES[self.role]


@dataclass(frozen=True)
class Oneself(Actor):
    """The person, by their card or by a link: they act on what is theirs, and nothing else."""

    def may(self, permission: Permission) -> bool:
        """Never: what is one's own needs no permission, and nothing else is opened."""
        del permission
        return False
