"""What became of each stay, each referral and each need: one row of facts, kept with the events."""
