"""The application that a web server runs."""

from referral.app import create_app
from referral.settings import from_environment

app = create_app(from_environment())
