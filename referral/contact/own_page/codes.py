"""The code on a person's card. It is kept nowhere: it is made again from a number and a key."""

import hmac
import re
from hashlib import sha256
from uuid import UUID

from referral.web.letters import LETTERS

LENGTH = 12  # of 26 letters: 56 bits


def code_of(number: UUID, key: str) -> str:
    """The twelve letters that belong to the number of a card."""
    made = int.from_bytes(hmac.new(key.encode(), b"card" + number.bytes, sha256).digest())
    letters = []
    for _ in range(LENGTH):
        made, place = divmod(made, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def in_fours(code: str) -> str:
    """As it is printed: groups that an eye can hold."""
    return " ".join(re.findall("....", code))


def typed_code(text: str) -> str:
    """A typed code in its plain form: upper case, no spaces or marks."""
    return "".join(letter for letter in text.upper() if letter.isalnum())
