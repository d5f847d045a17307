"""All commands, as the application registers them."""

from referral.cli import installation, people, reports, selfcheck, work

GROUPS = (
    installation.demo,
    installation.reference,
    installation.accounts,
    installation.access,
    installation.audit,
    people.people,
    work.referrals,
    work.mail,
    work.worker,
    reports.report,
    selfcheck.selfcheck,
)
