"""What was done and seen, by whom: append-only and chained."""
