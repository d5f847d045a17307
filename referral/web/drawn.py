"""What a print cannot draw is said in words, for a box in the place of a letter says nothing."""

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "static" / "vendor"
SCRIPTS = {"CJK": "Chinese", "HANGUL": "Korean", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"}
RUN = re.compile("[^\x00-\x7f]+(?: [^\x00-\x7f]+)*")


@cache
def drawable() -> Collection[str]:
    """The letters that the fonts of the prints have, in each weight."""
    from fontTools.ttLib import TTFont

    weights: dict[str, set[str]] = {}
    for path in sorted(VENDOR.glob("*/**/*.ttf")):
        with TTFont(path, lazy=True) as font:
            weight = str(font["OS/2"].usWeightClass)
            weights.setdefault(weight, set()).update(map(chr, font.getBestCmap()))
    return frozenset.intersection(*map(frozenset, weights.values()))


def in_words(text: str) -> str:
    """The text; each run of letters that no font has, as “[in Chinese letters, …]”."""
    return RUN.sub(lambda found: _said(found[0]), text)


def _said(run: str) -> str:
    missing = [sign for sign in run if unicodedata.category(sign)[0] in "LM"]
    missing = [sign for sign in missing if sign not in drawable()]
    if not missing:
        return run
    first = unicodedata.name(missing[0], "other").split()[0]
    script = SCRIPTS.get(first, first.capitalize())
    return f"[in {script} letters, which this print cannot show]"
