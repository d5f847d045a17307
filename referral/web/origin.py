"""A guard against forms of other sites: a write must come from a page of our own.

Browsers say by themselves, in headers that no page can set, which site made them ask. This stands
beside the token of each form, in place of a Referer, and guards the pages behind a link as well,
whose forms carry no token. Programs that are not browsers send neither header.
"""

from flask import current_app, request
from werkzeug.exceptions import Forbidden

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OWN = frozenset({"same-origin", "none"})  # none: the user alone, such as one who reloads a page


class ForeignOrigin(Forbidden):
    """This was sent from another site, so nothing was saved. Open the page here and try again."""


def check_origin() -> None:
    """Refuse what another site wants to be saved. Raises ForeignOrigin.

    Where a page hides where it is from, its origin is the word "null": believed only beside the
    browser's own word that the page is ours, since a frame on any other site says "null" as well.
    """
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    ours = origin in {None, _own_origin()} or (origin == "null" and site == "same-origin")
    if not ours or (site and site not in OWN):
        raise ForeignOrigin(f"Origin {origin}, Sec-Fetch-Site {site}, here is {_own_origin()}")


def _own_origin() -> str:
    """In production always https, also where nobody told us of the proxy that speaks it for us."""
    scheme = "https" if current_app.config["PRODUCTION"] else request.scheme
    return f"{scheme}://{request.host}"
