"""What a service was told stays as it was told; what is new it learns only when it is told."""

from datetime import timedelta

import pytest
from conftest import EMAILS
from crowd import actor
from journeys.test_whole_loop import accept, book
from sqlalchemy import select
from support.html import address, hand_over, press, read, send

from referral import clock
from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.casework.assessment.actions import AssessmentDetails, Need, finish
from referral.casework.cases.models import Case
from referral.casework.contact_plan.fact_actions import undo
from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.casework.facts.queries import facts_of
from referral.clock import now
from referral.consent.actions import PLAINLY, Agreement, ContactRules, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.db import db
from referral.handoff.followup.actions import attempt
from referral.handoff.referrals.models import Disclosure, NeedOutcome, Referral

LATER = ContactRules(("text",), "", True)
WRONG_NUMBER = "Do not use: the phone number that you were told"


class Handed:
    """Jim is with the hub at the second level."""

    def __init__(self, app, as_role, *, booked: bool = False) -> None:
        self.app = app
        desk, self.worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
        if not booked:
            accept(desk, book(desk))
        self.case = address(self.worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
        done = hand_over(self.worker, f"{self.case}/hand-off", "summary")
        assert done.status_code == 303, done.text
        self.service = as_role(Role.SERVICE_WORKER)
        self.inbox = address(self.service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
        self.page = self.inbox.replace("/inbox/", "/referrals/")

    def sees(self) -> str:
        """The service's page, without the choices of its forms."""
        page = read(self.service.get(self.inbox).text)
        for choice in page.select("option, form"):
            choice.decompose()
        return " ".join(page.get_text(" ").split())

    def referral(self) -> Referral:
        return db.session.scalars(select(Referral)).one()

    def change(self, deed) -> None:
        with self.app.app_context():
            deed(self.referral())
            db.session.commit()

    def tell(self, **typed: object):
        return send(self.worker, f"{self.page}/tell", f"{self.page}/tell", agrees="y", **typed)

    def told(self) -> list[tuple[str, dict]]:
        """Why and what the service was told, one after the other."""
        with self.app.app_context():
            rows = db.session.scalars(select(Disclosure).order_by(Disclosure.order)).all()
            return [(row.why.value, row.content) for row in rows]


@pytest.fixture
def handed(app, as_role) -> Handed:
    return Handed(app, as_role)


def another_number(referral: Referral) -> None:
    referral.person.phone = "07700 900777"


def assessed(*needs: Need):
    def deed(referral: Referral) -> None:
        case = db.session.get_one(Case, referral.case_id)
        finish(case, AssessmentDetails(0, needs=list(needs)), actor(Role.WORKER), now())

    return deed


def test_what_is_told_is_written_down_as_the_preview_showed_it(handed):
    [(why, content)] = handed.told()
    assert why == "sent"
    assert content == {
        "name": "Jim McAlister", "phone": "07700 900123", "language": "en", "interpreter": False,
        "rules": {"channels": [], "safe_times": "", "no_message": False, "no_letters": False},
        "needs": ["DRUG"], "help_now": [], "date_of_birth": None, "sex": None, "assessment": [],
    }  # fmt: skip
    assert "Jim McAlister, 07700 900123" in handed.sees()


def test_a_new_number_reaches_the_service_only_when_it_is_told(handed):
    handed.change(another_number)
    assert WRONG_NUMBER in handed.sees()
    assert "900" not in handed.sees()  # neither the old number nor the new one
    shown = handed.worker.get(handed.page).text
    assert "Tell the service the new number" in shown
    assert handed.tell(reach="y").status_code == 303
    assert "07700 900777" in handed.sees()
    assert WRONG_NUMBER not in handed.sees()
    assert [why for why, _ in handed.told()] == ["sent", "reach"]
    assert "phone" in handed.told()[1][1]
    assert "needs" not in handed.told()[1][1]
    with handed.app.app_context():
        told = select(AuditEvent).filter_by(tag="referral:disclosed-more")
        assert db.session.scalars(told).one().recipient_id


def service_rings(result: str):
    def deed(referral: Referral) -> None:
        attempt(referral, AttemptDetails("call", result, now()), actor(Role.SERVICE_WORKER), now())

    return deed


def team_takes_back(referral: Referral) -> None:
    [said] = facts_of(referral.person_id)
    undo(referral.case, said, actor(Role.WORKER), now())


def test_a_number_that_turns_out_wrong_is_not_used_until_somebody_says_it_is_right(handed):
    handed.change(service_rings("WRONG"))
    assert WRONG_NUMBER in handed.sees()
    handed.tell(reach="y")
    assert "07700 900123" in handed.sees()
    handed.change(service_rings("WRONG"))
    assert WRONG_NUMBER in handed.sees()


@pytest.mark.parametrize("deed", [team_takes_back, service_rings("reached")])
def test_what_says_that_a_number_is_right_lifts_it_for_team_and_service_alike(handed, deed):
    handed.change(service_rings("WRONG"))
    assert WRONG_NUMBER in handed.sees()
    handed.change(deed)
    assert "07700 900123" in handed.sees()
    assert WRONG_NUMBER not in handed.sees()
    handed.change(lambda referral: facts_of(referral.person_id) == [] or pytest.fail("it stands"))


def test_a_service_that_rings_an_old_number_says_nothing_of_the_new_one(handed):
    def is_said_of_the_old_one(referral: Referral) -> None:
        assert [row.detail for row in facts_of(referral.person_id)] == ["07700 900123"]

    handed.change(another_number)
    handed.change(service_rings("WRONG"))
    handed.change(is_said_of_the_old_one)
    handed.tell(reach="y")
    assert "07700 900777" in handed.sees()


def test_who_wants_no_contact_or_no_voicemail_is_heard_at_once(handed):
    def say(rules: ContactRules | None):
        answer = Answer.GRANTED if rules else Answer.WITHDRAWN
        said = Agreement(Purpose.CONTACT, answer, rules=rules or ContactRules())
        return lambda referral: record_agreements(
            referral.person, [said], PLAINLY, actor(Role.WORKER), now()
        )

    handed.change(say(LATER))
    assert "Do not use: voicemail" in handed.sees()
    assert "leave no message" in handed.sees()
    handed.change(say(None))
    assert "Do not use: any way to reach them" in handed.sees()
    assert "900123" not in handed.sees()
    assert handed.tell(reach="y").status_code == 422  # there is nothing that may be told
    handed.change(say(ContactRules()))
    assert "07700 900123" in handed.sees()  # that is what was told, and holds again


def test_a_need_that_was_found_later_is_told_by_itself_and_asked_about_at_the_end(handed):
    handed.change(assessed(Need("DRUG", "some", True), Need("MH", "urgent", True)))
    assert "Mental health" not in handed.sees()
    assert "Tell the service the new need" in handed.worker.get(handed.page).text
    assert handed.tell(needs=["MH"]).status_code == 303
    assert "Drugs, Mental health (help now)" in handed.sees()
    assert "Urgent" in handed.sees()
    handed.service.submit(handed.inbox, {"move": "accept"})
    ending = {"move": "complete", "reason": "complete:COMPL", "change_DRUG": "better"}
    end = f"{handed.inbox}/end"
    assert handed.service.submit(end, ending).status_code == 422
    assert handed.service.submit(end, ending | {"change_MH": "same"}).status_code == 303


def test_more_is_told_at_a_higher_level_and_only_of_the_needs_that_were_sent(handed):
    handed.change(assessed(Need("DRUG", "high", True), Need("MH", "high", True)))
    assert handed.tell(level="full").status_code == 303
    assert "Born 3 May 1985 (" in handed.sees()
    assert "Drugs: high need" in handed.sees()
    assert "Mental health" not in handed.sees()


def test_to_tell_nothing_new_or_without_asking_is_refused_at_the_form(handed):
    handed.change(another_number)
    nothing = handed.tell()
    assert nothing.status_code == 422
    assert "Choose what else they are told" in nothing.text
    page = f"{handed.page}/tell"
    unasked = send(handed.worker, page, page, reach="y")
    assert "Ask them, then tick this" in unasked.text
    assert len(handed.told()) == 1


def test_each_service_is_told_only_its_own_needs(app, as_role):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    booking = book(desk)
    desk.submit(booking, {"answer": "accepted", "contact": "yes", "needs": ["DRUG", "HOUS", "MH"]})
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    assert hand_over(worker, f"{case}/hand-off", *["summary"] * 3).status_code == 303
    with app.app_context():
        sent = {one.service.name: one.needs for one in db.session.scalars(select(Referral))}
    assert sent == {
        "Housing first": ("HOUS",), "Open door counselling": ("MH",), "Recovery hub": ("DRUG",),
    }  # fmt: skip


def test_what_is_assessed_is_offered_and_urgent_though_the_desk_never_heard_of_it(app, as_role):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    desk.submit(book(desk), {"answer": "accepted", "contact": "yes"})
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    found = {"severity_HOUS": "urgent", "severity_MH": "some"}
    assert worker.submit(f"{case}/assessment", found).status_code == 303
    page = f"{case}/hand-off"
    shown = worker.get(page).text
    assert "<strong>housing or homelessness, needs help now</strong>" in shown
    assert "Urgent: nowhere to sleep tonight" in shown
    assert hand_over(worker, page, "summary").status_code == 303
    with app.app_context():
        [sent] = db.session.scalars(select(Referral))
        assert (sent.service.name, sent.needs, sent.urgent) == ("Housing first", ("HOUS",), True)


def test_the_page_shows_the_words_first_and_sends_nothing_meanwhile(handed):
    desk_words = "07700 900123"
    page = f"{handed.case}/hand-off"
    handed.change(assessed(Need("DRUG", "some", True), Need("MH", "urgent", True)))
    answer = handed.worker.get(page)
    [level] = {field["name"] for field in read(answer.text).select("[name^=level_]")}
    shown = press(handed.worker, answer, "Show what each is told", **{level: "summary"})
    [told] = read(shown.text).select(".app-told--summary p.govuk-body")
    assert desk_words in told.text
    assert "Needs: Mental health (help now)." in told.text
    assert len(handed.told()) == 1
    refused = press(
        handed.worker, answer, "Send", **{level: "summary", level.replace("level", "needs"): []}
    )
    assert "Tick the needs that they are told" in refused.text


def test_the_outcome_can_be_written_up_for_a_fortnight_without_the_person(handed, monkeypatch, app):
    handed.service.submit(handed.inbox, {"move": "accept"})
    ending = {"move": "complete", "reason": "complete:COMPL", "change_DRUG": "unknown"}
    handed.service.submit(f"{handed.inbox}/end", ending)
    assert "McAlister" not in handed.sees()
    assert "Write up what came of it" in handed.sees()
    assert "Book an appointment" not in handed.sees()
    up = f"{handed.inbox}/write-up"
    assert "McAlister" not in handed.service.get(up).text
    assert handed.service.submit(up, {"change_DRUG": "better"}).status_code == 303
    assert handed.service.submit(up, {"change_DRUG": "better"}).status_code == 303  # nothing new
    with app.app_context():
        said = db.session.scalars(select(NeedOutcome).order_by(NeedOutcome.order)).all()
        assert [outcome.change for outcome in said] == ["unknown", "better"]
        over = said[0].recorded_at + timedelta(days=14)
    monkeypatch.setattr(clock, "source", lambda: over)
    handed.service.enter(EMAILS[Role.SERVICE_WORKER])  # the sign-in of then has ended
    assert handed.service.get(up).status_code == 404
    assert "Write up" not in handed.sees()


def test_at_the_desk_nothing_of_the_assessment_is_shown_or_told(app, as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    booking = book(desk)
    accept(desk, booking)
    worker = as_role(Role.WORKER)
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    worker.submit(f"{case}/assessment", {"severity_DRUG": "urgent", "goal_1": "sleep"})
    page = f"{booking}/hand-off"
    with app.app_context():
        booked = db.session.scalars(select(Case)).one().booking
        booked.centre.access_model = "none"
        db.session.commit()
    shown = desk.get(page).text
    assert "help now" not in shown
    assert "07700 900123" in shown  # the service may ring, whoever looks at the preview
    assert "has not agreed to be contacted" not in shown
    assert hand_over(desk, page, "full").status_code == 303
    with app.app_context():
        told = db.session.scalars(select(Disclosure)).one().content
        assert (told["assessment"], told["date_of_birth"]) == ([], "1985-05-03")
