"""Who comes by another door than an offer in custody: calls, visits, court cells, messages."""
