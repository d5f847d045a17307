"""A mail that a server took and that came back later is seen by whoever it is the owner of."""

from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest
from contact.messages.reached import OUT, reachable, work
from overdue.escalation.seeded import named, refer
from sqlalchemy import select

from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.contact.messages.actions import ask_to_ring
from referral.contact.messages.models import PersonMessage
from referral.contact.messages.returned_actions import bring_back
from referral.db import db
from referral.jobs.actions import send_again
from referral.jobs.models import Job
from referral.jobs.queries import undelivered
from referral.post.messages.models import Message
from referral.post.messages.returned import returned


def report(key: str, action: str = "failed", *, headers_alone: bool = False) -> bytes:
    """What a mail server sends back, in the form of RFC 3464."""
    sent = EmailMessage()
    sent["From"] = "no-reply@example.org"
    sent["Message-ID"] = f"<{key}@example.org>"
    sent.set_content("Please answer")
    mail = EmailMessage()
    mail["Subject"] = "Undelivered Mail Returned to Sender"
    mail["Message-ID"] = "<20261127@mx.example.net>"
    mail.set_content("I am sorry to have to inform you")
    mail.make_mixed()
    status = EmailMessage()
    status.set_type("message/delivery-status")
    receiver = EmailMessage()
    receiver["Final-Recipient"] = "rfc822; hub@example.org"
    receiver["Action"] = action
    receiver["Status"] = "5.1.1"
    status.set_payload([EmailMessage(), receiver])
    mail.attach(status)
    if headers_alone:
        part = EmailMessage()
        part.set_content(sent.as_string().partition("\n\n")[0], subtype="rfc822-headers")
        mail.attach(part)
    else:
        mail.add_attachment(sent)
    mail.set_type("multipart/report")
    return mail.as_bytes()


@pytest.mark.parametrize("headers_alone", [True, False])
def test_which_mail_came_back_is_read_from_the_report(headers_alone):
    number = uuid4()
    assert returned(report(str(number), headers_alone=headers_alone)) == number


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_mail_that_is_late_or_has_arrived_did_not_come_back(action):
    assert returned(report(str(uuid4()), action)) is None


@pytest.mark.parametrize("text", [b"", b"\x00\xff", b"Message-ID: <k@h>\n\nAction: failed\n"])
def test_what_is_no_report_brings_nothing_back(text):
    assert returned(text) is None
    assert returned(report("k-1")) is None


def asked() -> UUID:
    """The number of the mail that asks a service whether it takes somebody on."""
    refer(reachable(), OUT, taken=False)
    return db.session.scalars(select(Message.id).filter_by(name="answer")).one()


def test_who_asked_a_service_sees_that_the_mail_came_back_and_sends_it_again(app):
    with app.app_context():
        number = asked()
        assert bring_back(number, OUT) is None, "it has not left"
        work(app, OUT)
        job = bring_back(number, OUT)
        assert db.session.get_one(Message, number).waits
        owner = named("Morag Sim").actor
        assert job.id in {one.id for one in undelivered(owner, 1).rows}
        assert bring_back(number, OUT) is None, "it is known already"
        db.session.commit()
        noted = select(AuditEvent.record_id).filter_by(tag=Tag.JOB_RETURNED.value)
        assert list(db.session.scalars(noted)) == [job.id]
        send_again(job, owner, OUT)
        work(app, OUT)
        assert not db.session.get_one(Message, number).waits


def test_a_mail_to_the_person_that_came_back_waits_again(app):
    with app.app_context():
        asked = ask_to_ring(reachable(), named("Morag Sim").actor, OUT).id
        due = db.session.scalars(select(Job.due_at).where(Job.about_id == asked)).one()
        assert bring_back(asked, OUT) is None, "it has not left"
        work(app, due)
        assert not db.session.get_one(PersonMessage, asked).waits
        job = bring_back(asked, due)
        assert db.session.get_one(PersonMessage, asked).waits
        assert job.id in {one.id for one in undelivered(named("Morag Sim").actor, 1).rows}


def test_the_pipe_of_the_mail_server_takes_whatever_comes(app):
    run = app.test_cli_runner()
    with app.app_context():
        number = asked()
        work(app, OUT)
    told = run.invoke(args=["mail", "returned"], input=report(str(number)))
    assert (told.exit_code, told.output[:9]) == (0, "Came back"), told.output
    for text in (b"hello", report(str(number)), report(str(uuid4()))):
        told = run.invoke(args=["mail", "returned"], input=text)
        assert (told.exit_code, told.output.strip()) == (0, "No mail of ours."), told.output
