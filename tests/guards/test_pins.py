"""The pins are whole: they are installed as they stand, and nothing is resolved beside them."""

import re
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


def asked_by(name: str, extras: set[str]) -> list[Requirement]:
    """What an installed package asks for here, with these extras of it."""
    asked = [Requirement(line) for line in requires(name) or []]
    ways = [{"extra": extra} for extra in {"", *extras}]
    return [one for one in asked if not one.marker or any(map(one.marker.evaluate, ways))]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_all_that_a_pinned_package_asks_for_is_pinned_and_fits(name):
    found = PIN.findall((ROOT / name).read_text(encoding="utf-8"))
    pins = {canonicalize_name(package): version for package, version in found}
    extras: dict[str, set[str]] = {package: set() for package in pins}
    lacking, left = [], list(pins)
    while left:
        package = left.pop()
        for one in asked_by(package, extras[package]):
            of = canonicalize_name(one.name)
            if of not in pins or not one.specifier.contains(pins[of], prereleases=True):
                lacking.append(f"{package} asks for {one}")
            elif not one.extras <= extras[of]:
                extras[of] |= one.extras
                left.append(of)  # once more, with what it was asked for as well
    assert pins
    assert lacking == []
