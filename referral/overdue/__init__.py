"""Overdue work, and who hears of it."""
