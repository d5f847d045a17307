"""The feedback loop of arrest referral: from the offer in the cell to what became of it."""
