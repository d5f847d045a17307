"""The person's own page: who has their details, how to be reached, did it help, and stop."""
