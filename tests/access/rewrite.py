"""Write the tables of pages and of acts as the application answers now: `make access-table`.

Never run by a test: the difference is read by whoever changes who may do what.
"""

import logging
import tempfile
from contextlib import closing
from pathlib import Path

from access import deeds
from access.walking import Site, walk, write
from access.world import build
from support.databases import fill

from referral.app import create_app
from referral.settings import Settings


def main() -> None:
    """Furnish a database of its own, walk it, keep what was answered."""
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'access.db'}"
        fill(url)
        app = create_app(Settings(database_url=url, mailbox=f"{folder}/mailbox"))
        app.testing = True
        with app.app_context():
            places = build()
        with closing(Site(app, places)) as site:
            write(walk(site))
            deeds.write(deeds.walk(site))


if __name__ == "__main__":
    main()
