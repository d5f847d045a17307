"""What somebody agreed to share with a service, as it is asked again."""

from dataclasses import dataclass
from uuid import UUID

from referral.consent.purposes import Level


@dataclass(frozen=True)
class Sharing:
    """A yes to share with a service that is to be asked again: with whom, how much, until when."""

    service_id: UUID
    name: str
    level: Level

    @property
    def field(self) -> str:
        """The name of its question in the form."""
        return f"share_{self.service_id.hex}"
