"""The pages that stand in the navigation, each for who may open it; a page by its name.

What is about the reader's own account, and who may do what, stands behind their name.
"""

from referral.access.permissions import Permission

NAVIGATION = (
    (Permission.SEE_BOOKINGS, "desk.centre_now", "Centre now"),
    (Permission.SEE_BOOKINGS, "stays.left", "Left today"),
    (Permission.CORRECT_STAYS, "stays.shift", "Supervisor"),
    (Permission.KNOW_DANGERS, "health.here", "Dangers"),
    (Permission.WORK_CASES, "casefile.case_list", "Cases"),
    (Permission.GO_ALONG, "along.mine", "Whom you meet"),
    (Permission.JOIN_PEOPLE, "joining.queue", "Duplicates"),
    (Permission.SEE_INBOX, "inbox.inbox_page", "Inbox"),
    (Permission.SEE_LATE, "escalation.late", "Overdue"),
    (Permission.POST_ALERTS, "alerts.posted", "Alerts"),
    (Permission.SEE_REPORTS, "reports.outcomes", "Reports"),
    (Permission.SEE_REPORTS, "editions.listed", "Editions"),
    (Permission.SEE_OFFICIAL, "official.front", "Figures of others"),
    (Permission.KEEP_SERVICES, "directory.own_services", "Our services"),
    (Permission.EDIT_DIRECTORY, "directory.front", "Directory"),
    (Permission.MAKE_TOKENS, "accounts.tokens", "API tokens"),
    (Permission.MANAGE_ACCOUNTS, "credentials.accounts", "Accounts"),
    (Permission.SEE_JOBS, "jobs.jobs", "Background work"),
    (Permission.SEARCH_AUDIT, "oversight.trail", "Audit trail"),
    (Permission.SEARCH_AUDIT, "oversight.joinings", "Joined records"),
)
