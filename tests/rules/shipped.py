"""What is refused of the services that the product knows and nobody has asked."""

from rules.scene import Scene

from referral.directory import confirming_actions as confirming
from referral.directory.models import Service


def confirm(s: Scene, of: str = "number-shipped-service", *, asked: bool = True, seen: int = 0):
    """A service of which the product knows, its organisation confirmed or not, is confirmed."""
    kept = s.own(Service, of)
    kept.organisation.confirmed = asked
    return confirming.confirm_service(kept, kept.version + seen, s.admin, s.at)


def confirm_without_needs(s: Scene):
    """Nobody has asked what the service does."""
    s.own(Service, "number-shipped-service").needs = []
    return confirm(s)
