"""Names of the purposes and levels of consent, as pages show them."""

from collections.abc import Mapping

from referral.consent.purposes import Companion, Level, Purpose

PURPOSES: Mapping[Purpose, str] = {
    Purpose.TALK: "Talk to a worker",
    Purpose.SHARE: "Share with a service",
    Purpose.CONTACT: "Be contacted afterwards",
    Purpose.DESK: "Custody staff may see that they are with a service",
    Purpose.HISTORY: "Workers may see what happened before",
    Purpose.OUTCOME: "The service may tell us how it went",
    Purpose.GROUP: "The overdose group may hear of them",
}
LEVELS: Mapping[Level, str] = {
    Level.CONTACT: "Only how to reach them",
    Level.SUMMARY: "And what they need help with",
    Level.FULL: "And birth date, sex and the assessment",
}
COMPANIONS: Mapping[Companion, str] = {
    Companion.PARENT: "A parent or carer",
    Companion.ADULT: "An appropriate adult",
}
