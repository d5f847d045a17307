"""Invented organisations, accounts and people, to play with. No person in it is real."""
