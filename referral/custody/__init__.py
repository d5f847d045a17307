"""The booking desk: the booking, the offer, and what became of it."""
