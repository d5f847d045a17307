"""Whether a yes to be contacted says how: a number, an address, or another way they named."""

from collections.abc import Collection

NEED_A_NUMBER = frozenset({"call", "text"})


def can_be_reached(phone: str, postcode: str, channels: Collection[str]) -> bool:
    """Whether somebody could do what the person agreed to.

    Of the ways that they named one has to work, and without a number none of those that need one
    does; where they named none, it takes a number or an address.
    """
    if channels:
        return bool(phone) or not NEED_A_NUMBER.issuperset(channels)
    return bool(phone or postcode)
