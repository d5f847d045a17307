"""Seal short texts, so that a copy of the database alone does not give them away."""

import base64
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


def seal(purpose: str, text: str) -> str:
    """The text, readable only for the same purpose with one of this installation's keys."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str) -> str | None:
    """The text; None when it was sealed for something else, with a lost key, or altered."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError):
        return None


def fingerprint(purpose: str, text: str) -> str:
    """The same for the same text, and of no use to anybody without the key.

    Another SECRET_KEY makes another: only for what is forgotten after minutes.
    """
    return fingerprint_by(str(current_app.config["SECRET_KEY"]), purpose, text)


def fingerprint_by(key: str, purpose: str, text: str) -> str:
    """The same by a key that is kept for as long as what it was made for."""
    return hmac.new(_derived(key, purpose), text.encode(), "sha256").hexdigest()


def link_keys() -> list[str]:
    """The keys of links and of codes on cards: the first makes new ones, each opens its own."""
    return [*current_app.config["LINK_KEYS"], *_secret_keys()]


def _box(purpose: str) -> MultiFernet:
    keys = [*current_app.config["DATA_KEYS"], *_secret_keys()]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, purpose))) for key in keys])


def _secret_keys() -> list[str]:
    return [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]


def _derived(key: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"referral {purpose}".encode()).derive(key.encode())
