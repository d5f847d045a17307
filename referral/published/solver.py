"""All counts as one linear program: in which changes of them does every sum still hold?"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from referral.published.cells import Cells

Floats = npt.NDArray[np.float64]
NEARLY = 1e-6
WHOLES_LAST = 0.01  # of two choices that withhold as many, the one with the smaller counts
MUST = 10_000.0  # whatever it takes
WORTH = 40.0  # so many others are withheld rather than that one stays open


@dataclass
class Change:
    """How far each count moves, and how many times over the same could be done the other way."""

    far: Floats
    back: float


class Moves:
    """How far each count may rise or fall, and what it costs to withhold it for that.

    A count may rise without end and fall to zero. What was shown before cannot move.
    """

    def __init__(self, cells: Cells, shown: Collection[Hashable]) -> None:
        keys = list(cells.counts)
        self.size = len(keys)
        self.at = {key: number for number, key in enumerate(keys)}
        self.counts = np.array([float(cells.counts[key]) for key in keys])
        moves = np.array([key not in shown for key in keys])
        self.rise = np.where(moves, np.inf, 0.0)
        self.fall = np.where(moves, self.counts, 0.0)
        self.price = 1 + WHOLES_LAST * self.counts / (self.counts.max(initial=0.0) + 1)
        less = (cells.together(one.more) - cells.counts[one.less] for one in cells.bounds)
        self.slacks = np.array([float(slack) for slack in less])
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.passModel(self._program(cells))

    def best(self, price: Floats, least: Floats, most: Floats) -> Change | None:
        """The cheapest change within bounds; all three first of rising, then of falling."""
        columns = np.arange(2 * self.size, dtype=np.int32)
        self.solver.changeColsBounds(len(columns), columns, least, most)
        self.solver.changeColsCost(len(columns), columns, price)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solved = np.array(self.solver.getSolution().col_value)
        far = solved[: self.size] - solved[self.size : 2 * self.size]
        far[np.abs(far) < NEARLY] = 0.0
        room = np.concatenate([self.counts, self.slacks])
        risen = np.concatenate([far, solved[2 * self.size :]])
        up = risen > NEARLY
        return Change(far, float(np.min(room[up] / risen[up], initial=np.inf)))

    def _program(self, cells: Cells) -> highspy.HighsLp:
        rows = [[(one.whole, 1.0), *((part, -1.0) for part in one.parts)] for one in cells.sums]
        rows += [[(one.less, 1.0), *((more, -1.0) for more in one.more)] for one in cells.bounds]
        columns: list[list[tuple[int, float]]] = [[] for _ in range(2 * self.size)]
        for number, row in enumerate(rows):
            for key, factor in row:
                columns[self.at[key]].append((number, factor))
                columns[self.size + self.at[key]].append((number, -factor))
        slack = [[(number, 1.0)] for number in range(len(cells.sums), len(rows))]
        return self._as_program(columns + slack, len(rows))

    def _as_program(self, columns: list[list[tuple[int, float]]], rows: int) -> highspy.HighsLp:
        program = highspy.HighsLp()
        program.num_col_ = len(columns)
        program.num_row_ = rows
        program.col_cost_ = np.zeros(len(columns))
        program.col_lower_ = np.concatenate([np.zeros(2 * self.size), -self.slacks])
        endless = np.full(len(self.slacks), np.inf)
        program.col_upper_ = np.concatenate([self.rise, self.fall, endless])
        program.row_lower_ = np.zeros(rows)
        program.row_upper_ = np.zeros(rows)
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kColwise
        matrix.start_ = np.cumsum([0, *(len(column) for column in columns)])
        matrix.index_ = np.array([row for column in columns for row, _ in column], dtype=np.int32)
        matrix.value_ = np.array([factor for column in columns for _, factor in column])
        return program
