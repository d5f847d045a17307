"""What the walks share."""

from contextlib import closing

import pytest
from access.walking import Site
from access.world import build


@pytest.fixture
def site(app):
    """Both places, and everybody signed in."""
    with app.app_context():
        places = build()
    with closing(Site(app, places)) as site:
        yield site
