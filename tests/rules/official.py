"""The rules of the figures of others, and the acts that break them."""

from official.figures import figure, kept, stated
from rules.scene import Breaks, Scene

from referral.official import actions, daisy_actions
from referral.official.files import Sent
from referral.official.models import OfficialFile, Throughput
from referral.official.refusals import FigureHeld, FigureOver, FileHeld, FileOver

EMPTY = Sent("empty.csv", b"")


def figure_taken_back(s: Scene) -> Throughput:
    """Somebody was faster."""
    row = s.own(Throughput, "figure_id")
    actions.take_back(row, s.admin, s.at)
    return row


def file_taken_back(s: Scene) -> OfficialFile:
    """The same of a file."""
    file = s.own(OfficialFile, "file_id")
    daisy_actions.take_back(file, s.admin, s.at)
    return file


def take_in_twice(s: Scene):
    """The same file of figures."""
    actions.take_in(EMPTY, [], s.admin, s.at)
    return actions.take_in(EMPTY, [], s.admin, s.at)


BREAKS: Breaks = [
    (FigureHeld, lambda s: actions.enter(
        figure("2023-24", 1, "own Bulletin"), s.admin, s.at)),
    (FigureOver, lambda s: actions.correct(figure_taken_back(s), stated(1), s.admin, s.at)),
    (FigureOver, lambda s: actions.take_back(figure_taken_back(s), s.admin, s.at)),
    (FileHeld, take_in_twice),
    (FileHeld, lambda s: kept("Own.csv", s.admin, s.at)),
    (FileOver, lambda s: daisy_actions.take_back(file_taken_back(s), s.admin, s.at)),
]  # fmt: skip
