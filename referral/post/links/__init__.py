"""Signed links for people without an account: one purpose each, and a code where it matters."""
