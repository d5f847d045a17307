"""The person's consent, by purpose and recipient. Every disclosure asks here."""
