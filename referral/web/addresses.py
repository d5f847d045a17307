"""The whole address of a page, for messages that are written where there is no request."""

from urllib.parse import urlsplit

from flask import current_app


def address_of(endpoint: str, **values: str) -> str:
    """The address of a page as the world reaches it (PUBLIC_URL)."""
    world = urlsplit(str(current_app.config["PUBLIC_URL"]))
    adapter = current_app.url_map.bind(world.netloc, world.path or "/", url_scheme=world.scheme)
    return adapter.build(endpoint, values, force_external=True)
