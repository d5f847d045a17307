"""The team's work: the case, the assessment, the contact plan, outreach."""
