"""Slips of a keyboard and of an ear, as an officer makes them."""

from datetime import date
from random import Random

BESIDE = {  # the keys beside a key
    "a": "qsz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy",
    "i": "uok", "j": "hku", "k": "jli", "l": "kop", "m": "n", "n": "bm", "o": "ipl", "p": "ol",
    "q": "wa", "r": "etf", "s": "adw", "t": "ryg", "u": "yij", "v": "cbf", "w": "qes", "x": "zcs",
    "y": "tuh", "z": "xa",
}  # fmt: skip
HEARD = (
    ("ck", "k"), ("k", "ck"), ("ph", "f"), ("f", "ph"), ("ie", "y"), ("y", "ie"), ("ey", "y"),
    ("b", "p"), ("d", "t"), ("t", "d"), ("s", "z"), ("c", "k"), ("ei", "ie"), ("ai", "ay"),
    ("ow", "ou"), ("ea", "ee"), ("ee", "ea"), ("an", "en"), ("en", "an"), ("er", "ar"),
    ("in", "an"), ("tt", "t"), ("ll", "l"), ("nn", "n"), ("mm", "m"), ("ss", "s"), ("Mac", "Mc"),
    ("Mc", "Mac"), ("O'", "O"), ("wh", "w"), ("th", "t"), ("gh", "ch"), ("son", "sen"),
    ("ley", "ly"),
)  # fmt: skip
LEAST = 3  # letters that can hold a slip


def misheard(dice: Random, name: str) -> str:
    """The name with one slip, never in its first letter; a short one stays."""
    if len(name) < LEAST:
        return name
    if dice.random() < 0.4 and (found := [pair for pair in HEARD if pair[0] in name[1:]]):
        written, heard = dice.choice(found)
        return name[0] + name[1:].replace(written, heard, 1)
    at = dice.randrange(1, len(name))
    before, here, after = name[:at], name[at], name[at + 1 :]
    ways = (
        before + after,
        before + here + here + after,
        before + dice.choice(BESIDE.get(here.lower(), "e")) + after,
        before + dice.choice(BESIDE.get(here.lower(), "e")) + here + after,
        before + after[:1] + here + after[1:],
    )
    return dice.choice(ways)


def day_misread(dice: Random, born: date) -> date:
    """A birth date with one wrong digit, or two digits that stand beside each other changed about.

    What is no date is tried again; some dates have few such slips.
    """
    for _ in range(20):
        digits = list(f"{born:%Y%m%d}")
        at = dice.randrange(2, 8)
        if dice.random() < 0.25 and at < len(digits) - 1:
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
        else:
            digits[at] = str(dice.randrange(10))
        try:
            other = date.fromisoformat("".join(digits))
        except ValueError:
            continue
        if other != born and other < date(2014, 1, 1):
            return other
    return born


def called_otherwise(dice: Random, kept: dict[str, list[str]], name: str) -> str:
    """What somebody of that name is called, or how it is also spelt; most names have no other."""
    return dice.choice(kept.get(name, [name]))
