"""Which page of a list is asked for."""

from flask import request

LAST = 10_000


def this_page() -> int:
    """The page number of this request, from 1; nonsense is page 1."""
    asked = request.args.get("page", "1")
    return (
        min(max(int(asked), 1), LAST)
        if asked.isascii() and asked.isdigit() and len(asked) < 6
        else 1
    )
