"""Out of whose mouth something came, in words."""

from collections.abc import Mapping

from referral.people.sources import Source

SOURCES: Mapping[Source, str] = {
    Source.PERSON: "the person",
    Source.OFFICER: "custody staff",
    Source.HEALTHCARE: "healthcare",
    Source.WORKER: "a worker",
    Source.SERVICE: "a service",
}
