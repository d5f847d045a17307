"""Bookings and the offers made in them."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    and_,
    case,
    false,
    select,
    text,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from referral.custody.door_models import ByDoor
from referral.custody.doors import CAME, Door, Sure
from referral.custody.leg_models import StayLeg
from referral.custody.offers import UNFIT, OfferAnswer
from referral.custody.places import IN_CELLS, UNSEEN, Mistake
from referral.db import Identified, Model, Numbered, one_of
from referral.directory.models import CustodyCentre
from referral.known.models import Observation
from referral.known.now import (
    AT_DESK,
    NEAR_FATAL,
    WINDOWS,
    About,
    DangerNow,
    NeedNow,
    dangers_of,
    needs_of,
)
from referral.people.models import Person

LIVE = text("released_at IS NULL")


class Booking(ByDoor, Numbered, Model):
    """One stay, from the authorisation until the person is free. It is not the custody record.

    It goes on at court, in hospital, in prison and at another centre: its legs say where. `centre`
    is where it began. Who comes by another door than custody has no booking of the police, and so
    no centre; what was said that time hangs on it all the same, so that everything after goes one
    way for everybody. What counts custody asks for the centre, and sees none of them.
    """

    __tablename__ = "booking"
    __table_args__ = (
        Index(
            "ix_booking_live",
            "centre_id",
            "authorised_at",
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index("ix_booking_authorised_at", "authorised_at"),
        Index("ix_booking_voided", "centre_id", "voided_at"),
        Index("ix_booking_centre", "centre_id", "authorised_at"),
        CheckConstraint(
            "released_at IS NULL OR released_at >= authorised_at", name="released_after_authorised"
        ),
        one_of("void_why", Mistake),
        CheckConstraint("(voided_at IS NULL) = (void_why IS NULL)", name="voided_says_why"),
        one_of("door", Door),
        CheckConstraint(
            "(door = 'custody') = (centre_id IS NOT NULL)", name="custody_has_a_centre"
        ),
        one_of("sure_how", Sure),
        CheckConstraint("(sure_at IS NULL) = (sure_how IS NULL)", name="sure_says_how"),
    )

    # whose it was before is told to those who keep what became of them
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id"), index=True, active_history=True
    )
    centre_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("custody_centre.id"))
    authorised_at: Mapped[datetime]  # by another door: when they came
    released_at: Mapped[datetime | None]
    custody_reference: Mapped[str] = mapped_column(default="")
    cell: Mapped[str] = mapped_column(default="", server_default="")  # where they are now
    release_route: Mapped[str | None]
    naloxone: Mapped[str | None]
    void_why: Mapped[Mistake | None]
    voided_at: Mapped[datetime | None]  # booked by mistake: it counts nowhere
    voided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    opened_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    person: Mapped[Person] = relationship()
    centre: Mapped[CustodyCentre | None] = relationship()
    offers: Mapped[list["Offer"]] = relationship(order_by="Offer.number")
    warnings: Mapped[list["SafetyWarning"]] = relationship(order_by="SafetyWarning.told_at")
    legs: Mapped[list[StayLeg]] = relationship(order_by=StayLeg.number, lazy="selectin")

    observations: Mapped[list[Observation]] = relationship(order_by=Observation.order)
    # what was said in other stays and stands beyond them
    elsewhere: Mapped[list[Observation]] = relationship(
        primaryjoin=lambda: and_(
            foreign(Observation.person_id) == Booking.person_id,
            Observation.booking_id != Booking.id,
            Observation.kind == About.DANGER,
            Observation.code.in_(WINDOWS),
            ~said_of_another(),
        ),
        order_by=Observation.order,
        viewonly=True,
    )

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def hear(self, said: Sequence[Observation]) -> None:
        """Take in what was said in this stay."""
        self.observations.extend(said)

    @property
    def words(self) -> list[Observation]:
        """All that was said in this stay, and what of other stays stands beyond them."""
        return [*self.elsewhere, *self.observations]

    @property
    def words_at_desk(self) -> list[Observation]:
        """The same without what was told to a worker, which custody does not read."""
        return [word for word in self.words if word.act in AT_DESK]

    @property
    def known_needs(self) -> Mapping[str, NeedNow]:
        """Each need of which somebody said yes or no in this stay, by code."""
        return needs_of(self.observations)

    @property
    def needs(self) -> list[str]:
        """The codes of the needs that count, whoever heard of them."""
        return [code for code, need in self.known_needs.items() if need.counts]

    @property
    def needs_at_desk(self) -> list[str]:
        """The codes of those that count out of what was said at the desk."""
        found = needs_of(self.words_at_desk)
        return [code for code, need in found.items() if need.counts]

    def known_dangers(self, at: datetime) -> Mapping[str, DangerNow]:
        """Each danger to which somebody said yes, by code, as it stands at a moment."""
        return dangers_of(self.words, at)

    def dangers(self, at: datetime) -> list[str]:
        """The codes of the dangers that stand at a moment."""
        return _standing(self.known_dangers(at))

    def dangers_at_desk(self, at: datetime) -> list[str]:
        """The codes of those that stand out of what was said at the desk."""
        return _standing(dangers_of(self.words_at_desk, at))

    def unheard(self, at: datetime) -> list[str]:
        """The codes of those that stand and that nobody told the desk of."""
        heard = self.dangers_at_desk(at)
        return [code for code in self.dangers(at) if code not in heard]

    def recent_overdose(self, at: datetime) -> bool:
        """An overdose in the last 30 days, or naloxone at the arrest: to be reached today."""
        return not NEAR_FATAL.isdisjoint(self.dangers(at))

    def untold(self, at: datetime) -> list[str]:
        """Of what the desk was told, the dangers that it has told nobody of in this stay."""
        told = {danger for warning in self.warnings for danger in warning.dangers}
        return [danger for danger in self.dangers_at_desk(at) if danger not in told]

    def known_to_healthcare(self, at: datetime) -> Mapping[str, datetime]:
        """Of the dangers that stand and that the desk was told of, since when healthcare knows.

        What was said again since it answered, it does not know yet.
        """
        said = dangers_of(self.words_at_desk, at)
        return {
            code: answer.told_at
            for answer in self.warnings
            for code in answer.dangers
            if answer.acknowledged and code in said and said[code].heard_by(answer.told_at)
        }

    def healthcare_knows(self, at: datetime) -> datetime | None:
        """Since when healthcare knows of all of them; None where of one it does not, or none is."""
        known = self.known_to_healthcare(at)
        all_of_them = known.keys() == set(self.dangers_at_desk(at))
        return max(known.values()) if known and all_of_them else None

    @property
    def leg(self) -> StayLeg:
        """Where the person is, or was last in this stay."""
        return self.legs[-1]

    @property
    def goes_on(self) -> bool:
        """Whether the person is not free yet."""
        return self.released_at is None and self.voided_at is None

    @property
    def in_cells(self) -> bool:
        """Whether a worker finds them in a cell, of a custody centre or of a court."""
        return self.goes_on and self.leg.place in IN_CELLS

    @property
    def began(self) -> str:
        """Where it began: a custody centre by its name, or the other door in words."""
        return self.centre.name if self.centre else CAME.get(self.door, "")

    def is_over(self, moment: datetime) -> None:
        """Nobody recorded how it ended: they are known to be elsewhere since then."""
        self.released_at = max(moment, self.leg.since)
        self.leg.until = self.released_at
        self.release_route = UNSEEN

    def changed(self) -> None:
        """Whoever saw it before has seen an older version."""
        self.version += 1

    def void(self, why: Mistake, by_id: uuid.UUID, at: datetime) -> None:
        """It was booked by mistake."""
        self.void_why = why
        self.voided_at = at
        self.voided_by_id = by_id

    @property
    def last_offer(self) -> "Offer | None":
        """The latest offer; None while nobody has asked."""
        return self.offers[-1] if self.offers else None


def said_of_another() -> ColumnElement[bool]:
    """Of an observation: that its stay was booked on the wrong person, so that it is not theirs.

    What was said of who was confused with another stands with the right person alone: there it is
    asked again, or it has moved with the stay. Any other booking by mistake keeps what was said,
    for it was the same person who said it, and a danger that is not true costs less than one that
    nobody knows.
    """
    stay = Booking.__table__.alias()
    wrong = stay.c.id == Observation.booking_id, stay.c.void_why == Mistake.WRONG
    return select(stay.c.id).where(*wrong).correlate(Observation).exists()


def _standing(dangers: Mapping[str, DangerNow]) -> list[str]:
    return [code for code, danger in dangers.items() if danger.stands]


class Offer(Identified, Model):
    """One time that the person was asked, or the reason why they were not."""

    __tablename__ = "offer"
    __table_args__ = (
        one_of("answer", OfferAnswer),
        CheckConstraint("answer <> 'not asked' OR reason IS NOT NULL", name="not_asked_says_why"),
        Index("uq_offer_number", "booking_id", "number", unique=True),
    )

    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"))
    number: Mapped[int]
    answer: Mapped[OfferAnswer]
    reason: Mapped[str | None]
    ask_again_at: Mapped[datetime | None]
    asker: Mapped[str] = mapped_column(default="custody")
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    recorded_at: Mapped[datetime]

    @classmethod
    def why_not(cls) -> ColumnElement[str | None]:
        """The reason by its code, as `why_not`; to have been unfit is one without another word."""
        unfit = cls.answer == OfferAnswer.NOT_FIT
        return case((unfit, UNFIT), else_=cls.reason).label("why_not")


class SafetyWarning(Identified, Model):
    """A note that healthcare or the supervisor was told of dangers: who, which ones, when.

    `acknowledged` where healthcare itself has answered that it knows.
    """

    __tablename__ = "safety_warning"

    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), index=True)
    dangers: Mapped[tuple[str, ...]]
    told: Mapped[str]
    told_name: Mapped[str] = mapped_column(default="")
    told_at: Mapped[datetime]
    acknowledged: Mapped[bool] = mapped_column(default=False, server_default=false())
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
