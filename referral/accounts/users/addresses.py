"""Network addresses, as far as tries are counted by them."""

from ipaddress import IPv6Address, ip_address, ip_network


def network_of(address: str) -> str:
    """The address itself, or for IPv6 the network of 2⁶⁴ addresses that one household gets."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)
