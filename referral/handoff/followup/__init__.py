"""Follow-up of a referral: appointments, attempts to reach the person, and outcomes."""
