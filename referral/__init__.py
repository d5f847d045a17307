"""Closes the feedback loop of arrest referral in Scotland: from the offer in the cell to what became of it."""
