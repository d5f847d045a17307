"""Which services fit a person, the open ones first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from referral.directory.models import Service

ORDER = ("capacity", "waitlist", "additional-assessment-required", "no-capacity")
FRESH = timedelta(days=90)


@dataclass(frozen=True)
class Wanted:
    """What a service must fit: needs by code, home council, age in years and sex where known."""

    needs: Collection[str]
    council: str | None
    age: int | None
    sex: str


@dataclass(frozen=True)
class Fit:
    """A service that takes such a person, the needs that it meets, and whether its word is old."""

    service: Service
    met: tuple[str, ...]
    stale: bool


def fitting(services: Iterable[Service], wanted: Wanted, at: datetime) -> list[Fit]:
    """The services that fit, those with places first; what is not known shuts nobody out."""
    found = [
        Fit(service, _met(service, wanted), _stale(service, at))
        for service in services
        if _takes(service, wanted) and (_met(service, wanted) or not wanted.needs)
    ]
    return sorted(found, key=lambda fit: (ORDER.index(fit.service.capacity), fit.service.name))


def _met(service: Service, wanted: Wanted) -> tuple[str, ...]:
    return tuple(row.need for row in service.needs if row.need in wanted.needs)


def _takes(service: Service, wanted: Wanted) -> bool:
    areas = {council.code for council in service.councils}
    if areas and wanted.council and wanted.council not in areas:
        return False
    if service.sexes and wanted.sex in {"F", "M"} and wanted.sex != service.sexes:
        return False
    if wanted.age is None:
        return True
    youngest, oldest = service.minimum_age or 0, service.maximum_age or 200
    return youngest <= wanted.age <= oldest


def _stale(service: Service, at: datetime) -> bool:
    return service.capacity_as_at is None or at - service.capacity_as_at > FRESH
