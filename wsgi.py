"""The application that a web server runs."""

import sys

from referral.app import create_app
from referral.settings import UnsafeSettings, from_environment

NOT_STARTED = 3  # what gunicorn reads as "do not try again"

try:
    settings = from_environment()
except UnsafeSettings as unsafe:
    sys.stderr.write(f"Not started: {unsafe}\n")
    sys.exit(NOT_STARTED)
app = create_app(settings)
