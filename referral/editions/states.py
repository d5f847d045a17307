"""How far an edition is."""

from datetime import timedelta
from enum import StrEnum

KIND = "edition"  # of the work that counts one
KEPT_FOR = timedelta(days=14)  # a draft that nobody went on with


class EditionState(StrEnum):
    """From the count to the frozen edition; what is refused or taken back counts nowhere."""

    COUNTING = "counting"
    REFUSED = "refused"
    DRAFT = "draft"
    FROZEN = "frozen"
    TAKEN_BACK = "taken back"
