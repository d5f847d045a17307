"""What somebody who reads everything that was published can reckon of what was withheld.

Nothing here is shared with the product: each count that is not shown may be any number from nothing
upwards, all sums hold, and for each the least and the most are asked of the solver.
"""

from collections.abc import Collection, Hashable, Mapping

import highspy
from highspy import HighsModelStatus as Status

from referral.published.cells import Cells

Ends = tuple[float, float]
ENDLESS = {Status.kUnbounded, Status.kUnboundedOrInfeasible}


def ranges(
    cells: Cells, hidden: Collection[Hashable], *, whole: bool = False
) -> Mapping[Hashable, Ends]:
    """Between what each withheld count can lie. `whole`: counts are known to be whole numbers."""
    model = highspy.Highs()
    model.silent()
    names = {key: model.addVariable(lb=0) for key in hidden}
    for one in names.values() if whole else ():
        model.setInteger(one)

    def told(key: Hashable):
        return names[key] if key in names else cells.counts[key]

    for one in cells.sums:
        apart = sum(told(part) for part in one.parts) - told(one.whole)
        if not isinstance(apart, int):
            model.addConstr(apart == 0)
    for one in cells.bounds:
        apart = sum(told(more) for more in one.more) - told(one.less)
        if not isinstance(apart, int):
            model.addConstr(apart >= 0)
    return {key: (_end(model, name, least=True), _end(model, name)) for key, name in names.items()}


def _end(model: highspy.Highs, name, *, least: bool = False) -> float:
    (model.minimize if least else model.maximize)(name)
    status = model.getModelStatus()
    if status in ENDLESS:
        return float("inf")
    assert status == Status.kOptimal, status
    return model.val(name)


def too_much(
    cells: Cells, hidden: Collection[Hashable], least: int, *, whole: bool = False
) -> dict[Hashable, Ends]:
    """The withheld counts of which too much is known, with what is known of each."""
    found = ranges(cells, hidden, whole=whole)
    return {key: ends for key, ends in found.items() if ends[1] - ends[0] < least - 1e-6}
