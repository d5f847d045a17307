"""Two records of one person are joined, and parted again."""

from histories.playing import Playing
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from referral.db import db
from referral.merging.joining.actions import JoinDetails, join
from referral.merging.joining.models import Joining
from referral.merging.parting.actions import PartDetails, part


class WithRecords(Playing):
    """By the team lead, who also says whose is what came since."""

    def __init__(self) -> None:
        super().__init__()
        self.brought = {}  # by joining, the stays of the record that was joined

    @precondition(lambda self: len(self.told.people) > 1)
    @rule(data=st.data())
    def two_records_are_joined(self, data):
        kept, other = self.who(data), self.who(data)
        if kept == other:
            return
        with self.doing():
            joining = join(JoinDetails(kept, other), self.lead, self.at)
            stays = self.told.stays.values()
            self.brought[joining.id] = [stay.number for stay in stays if stay.who == other]
            self.told.moves(other, kept)

    @precondition(lambda self: self.brought)
    @rule(data=st.data())
    def two_records_are_parted(self, data):
        wanted = select(Joining).filter_by(parted_at=None).order_by(Joining.number, Joining.id)
        joining = self.pick(data, db.session.scalars(wanted).all())
        if joining is None:
            return
        with self.doing():
            part(joining, PartDetails(joining.version), self.lead, self.at)
            for number in self.brought[joining.id]:
                if self.told.stays[number].who == joining.survivor_id:  # and not somebody else's
                    self.told.stays[number].who = joining.absorbed_id
