"""Out of whose mouth something came."""

from enum import StrEnum


class Source(StrEnum):
    """Out of whose mouth it came."""

    PERSON = "person"
    OFFICER = "officer"
    HEALTHCARE = "healthcare"
    WORKER = "worker"
    SERVICE = "service"
