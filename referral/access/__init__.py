"""Permissions, the role table, the actor, and the guard on every page."""
