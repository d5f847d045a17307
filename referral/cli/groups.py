"""All commands, as the application registers them."""

from referral.cli import installation, official, people, registers, reports, selfcheck, work

GROUPS = (
    installation.demo,
    installation.reference,
    installation.accounts,
    installation.access,
    installation.audit,
    people.people,
    registers.bookings,
    registers.services,
    work.referrals,
    work.mail,
    work.worker,
    reports.report,
    official.throughput,
    official.daisy,
    selfcheck.selfcheck,
)
