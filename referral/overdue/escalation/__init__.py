"""Overdue work: it goes from its owner to the team lead to the managers, never forgotten."""
