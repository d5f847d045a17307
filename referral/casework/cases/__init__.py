"""The case list of the arrest referral team."""
