"""Codes of an authenticator app (TOTP, RFC 6238), and the picture from which an app learns them."""

import re
import secrets
from datetime import datetime
from hmac import compare_digest

import pyotp
import segno

from referral.web.letters import LETTERS

ISSUER = "Arrest referral"
DRIFT = (-1, 0, 1)  # a telephone's clock may be half a minute off


def new_secret() -> str:
    """160 random bits as an app takes them."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, at: datetime, after: int) -> int | None:
    """Which half minute the code belongs to, if it is right now and later than `after`.

    Whoever remembers the answer and gives it as `after` next time takes each code once only
    (RFC 6238, section 5.2).
    """
    if not is_code(code):
        return None
    totp = pyotp.TOTP(secret)
    now = totp.timecode(at)
    fits = [now + n for n in DRIFT if compare_digest(totp.generate_otp(now + n), code)]
    return next((step for step in fits if step > after), None)


def is_code(typed: str) -> bool:
    """Whether this looks like the six digits of an app; anything else is a recovery code."""
    return re.fullmatch(r"[0-9]{6}", typed) is not None


def plain(typed: str) -> str:
    """A typed code as it is compared: lower case, without spaces and dashes."""
    return re.sub(r"[\s-]", "", typed).lower()


def new_recovery_code() -> str:
    """16 letters in four groups: 75 bits, too many to guess even from their hash."""
    letters = "".join(secrets.choice(LETTERS.lower()) for _ in range(16))
    return "-".join(letters[n : n + 4] for n in range(0, 16, 4))


def picture(secret: str, account: str) -> str:
    """The QR code as SVG, to stand in the page itself: nothing is fetched for it."""
    address = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(scale=4, light="#fff", title="QR code for your authenticator app"))
