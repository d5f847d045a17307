"""The returning person: the desk's card and the worker's timeline, both read-only."""
