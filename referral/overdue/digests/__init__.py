"""A line on each weekday morning: how much is new and how much waits for you, and nothing else."""
