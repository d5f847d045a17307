"""The letters of codes that people read aloud, copy by hand and type."""

LETTERS = "23456789BCDFGHJKMNPQRTVWXZ"  # none that look alike, no vowels and so no words
