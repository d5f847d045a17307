"""The work of the team: the case, the assessment, the plan to stay in touch, outreach."""
