"""Two records of one person: found, joined by a team lead, and parted again without a trace."""
