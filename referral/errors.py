"""Broken rules: the docstring of each is the sentence that the user reads."""

from collections.abc import Callable


class RuleBroken(Exception):
    """That cannot be done."""

    status = 422
    fields: tuple[str, ...] = ()  # of a form, the first that it has: the sentence stands there

    @property
    def sentence(self) -> str:
        """The docstring on one line, to show to the user."""
        return " ".join((self.__doc__ or "").split())


def allows(check: Callable[..., object], *about: object) -> bool:
    """Whether a check lets this be done, so that a page offers what its act would do."""
    try:
        check(*about)
    except RuleBroken:
        return False
    return True


class StaleEdit(RuleBroken):
    """Someone else changed this while you were typing. Look at what they wrote, then save again."""

    status = 409
