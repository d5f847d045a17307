"""User accounts, the second factor, and the ways back in when either is lost."""
