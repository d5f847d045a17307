"""Forms of the case list."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from referral.casefile.sharing import Sharing
from referral.consent.actions import Agreement
from referral.consent.forms import ANSWERS, AgreementForm, Listener, as_recorded, asked
from referral.consent.names import PURPOSES
from referral.consent.purposes import Answer, Purpose
from referral.custody.forms import ReleaseForm
from referral.custody.models import Booking
from referral.custody.places import COURT, ways_from
from referral.known.actions import Saying
from referral.known.now import About, Said
from referral.web.fields import MomentField, Ticks, required
from referral.web.forms import Form, TextField, number_in, options


class TakeForm(Form):
    """Take a case: only the version that was seen."""


class GiveForm(Form):
    """Give a case to somebody of the team, or back to the team."""

    worker = SelectField("Give to", [Optional()])


class GiveManyForm(Form):
    """Give the cases that were chosen, each in the version that was seen, to one colleague."""

    cases = Ticks("Cases", [required("Choose at least one case")])
    worker = SelectField("Give the chosen cases to", [required("Choose who gets them")])

    @property
    def seen(self) -> Mapping[UUID, int]:
        """The version that was seen of each case, by its number."""
        return seen_of(self.cases.data or ())

    @property
    def to(self) -> UUID | None:
        """The account of who gets them; None for the whole team."""
        return number_in(self.worker.data)


def seen_of(ticked: Iterable[str]) -> Mapping[UUID, int]:
    """What was ticked in the list, as number and version; what cannot be read is left out."""
    parts = [one.partition(".") for one in ticked]
    return {
        number: int(version)
        for case, _, version in parts
        if (number := number_in(case))
        and version.isascii()
        and version.isdigit()
        and len(version) < 10
    }


class WhereForm(ReleaseForm):
    """Where is the person now?"""

    route = RadioField("Where are they now?", [required("Choose where they are")])
    released_at = MomentField("Since", [required("Enter since when")], starts_now=True)


def where_form(stay: Booking) -> WhereForm:
    """The form with the ways on from where the person is; at the desk nobody else says it."""
    form = WhereForm()
    del form.naloxone
    desk = stay.leg.centre_id is not None
    ways = {} if stay.released_at else ways_from(stay.leg.place, desk=desk)
    form.route.choices = options(ways.items())
    if COURT not in ways:
        del form.expected_at
    return form


class DangerForm(Form):
    """Does a danger apply?"""

    danger = SelectField("Danger", [required("Choose the danger")])
    applies = RadioField(
        "Does it apply?",
        [required("Say whether it applies")],
        choices=options(((Said.YES, "Yes"), (Said.NO, "No, or not any more"))),
    )
    reason = TextField("How do you know?", limit=200)

    def saying(self) -> Saying:
        """What was said of it, by code."""
        applies = Said(self.applies.data)
        return Saying(About.DANGER, self.danger.data, applies, reason=self.reason.data)


class FindForm(Form):
    """Narrow the case list. What is searched for is sent hidden, never in an address."""

    name = TextField("Name, birth date, phone or reference", limit=80)
    centre = SelectField("Custody centre", [Optional()])
    need = SelectField("Need", [Optional()])
    council = SelectField("Home area", [Optional()])


def find_form(lists: Mapping[str, Sequence[tuple[str, str]]]) -> FindForm:
    """The search of the case list, with what it can be narrowed to."""
    form = FindForm()
    for kind, pairs in lists.items():
        form[kind].choices = options([("", "Any"), *pairs])
    return form


class AgainForm(AgreementForm):
    """All that the person is asked again; what they are left open stays as it was."""

    talk = asked(PURPOSES[Purpose.TALK])
    sharings: Sequence[Sharing] = ()

    def _of(self, answer: Answer) -> list[Sharing]:
        return [one for one in self.sharings if ANSWERS.get(self[one.field].data) is answer]

    @property
    def no_more(self) -> set[UUID]:
        """The services that are not to know the person any more."""
        return {one.service_id for one in self._of(Answer.REFUSED)}

    def agreements(self) -> list[Agreement]:
        """The answers, with a yes for each service that goes on knowing as much as it does."""
        said = super().agreements()
        if self.talk.data in ANSWERS:
            said.append(Agreement(Purpose.TALK, ANSWERS[self.talk.data]))
        goes_on = self._of(Answer.GRANTED)
        return said + [
            Agreement(Purpose.SHARE, Answer.GRANTED, one.service_id, one.level) for one in goes_on
        ]


def again_form(
    person: Listener,
    sharings: Sequence[Sharing],
    lists: Mapping[str, Sequence[tuple[str, str]]],
) -> AgainForm:
    """The form with a question for each service whose sharing runs out."""
    more: dict[str, object] = {one.field: asked(f"{one.name} goes on") for one in sharings}
    made = type("AgainForm", (AgainForm,), more | {"sharings": sharings})
    form: AgainForm = made(data=as_recorded(person))
    form.choose_from(lists)
    form.channels.choices = options(lists["contact_channel"])
    return form
