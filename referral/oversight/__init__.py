"""What was done and seen, by whom, and who may do what: for the privacy guardian and everybody."""
