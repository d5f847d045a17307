"""Notes and calls in a case: to whom, how, when, and what was said; the team's alone, sealed."""
