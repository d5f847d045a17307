"""What somebody without an account may open: a signed link for one purpose, and a code to it."""
