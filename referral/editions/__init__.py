"""Editions: a report that two people sign, that nobody changes any more, and that is published."""
