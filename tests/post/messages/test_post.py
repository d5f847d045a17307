"""E-mail to a folder or a server, texts through Notify: each with a key that never changes."""

import http.server
import json
import os
import ssl
import threading
from dataclasses import replace
from datetime import UTC, datetime
from mailbox import Maildir
from urllib.parse import parse_qs, urlsplit

import pytest
from browser.proxy import certificate
from jobs.receiver import MailReceiver, receiving
from safe import PRODUCTION

from referral.jobs.kinds import Undeliverable
from referral.post.messages.channels import Channel
from referral.post.messages.notify import NotifyPost, notify_client
from referral.post.messages.post import Envelope, MailboxFolder, MailServer, NoPost
from referral.post.messages.posts import posts_of
from referral.settings import Settings

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
MAIL = Envelope("k-1", "hub@example.org", "Please answer", "Here: http://h/a and\nbye\n", AT)
SENDER = "no-reply@example.org"


def test_the_folder_keeps_a_mail_once_however_often_it_is_sent(tmp_path):
    folder = MailboxFolder(tmp_path / "box", SENDER)
    assert folder.letters() == []
    folder.send(MAIL)
    folder.send(MAIL)
    (letter,) = folder.letters()
    assert (letter.id, letter.to, letter.subject) == ("k-1", "hub@example.org", "Please answer")
    assert letter.links == ["http://h/a"]
    (kept,) = Maildir(tmp_path / "box", create=False)
    assert kept["Message-ID"] == "<k-1@example.org>"
    assert kept["Date"] == "Tue, 24 Nov 2026 09:00:00 +0000"


def test_a_server_gets_the_key_as_message_id():
    with receiving(MailReceiver()) as server:
        MailServer(server.url, SENDER).send(MAIL)
        assert server.got == {"k-1": 1}
        assert "To: hub@example.org" in server.mails[0]


@pytest.mark.parametrize("code", [550, 551, 553])
def test_a_mailbox_that_does_not_exist_is_not_tried_again(code):
    with receiving(MailReceiver()) as server:
        server.refused_with["hub@example.org"] = code
        with pytest.raises(Undeliverable):
            MailServer(server.url, SENDER).send(MAIL)


@pytest.mark.parametrize("code", [450, 452, 421])
def test_a_mailbox_that_is_full_today_is_tried_again(code):
    with receiving(MailReceiver()) as server:
        server.refused_with["hub@example.org"] = code
        with pytest.raises(OSError, match="hub@example") as refused:
            MailServer(server.url, SENDER).send(MAIL)
        assert not isinstance(refused.value, Undeliverable)


def test_a_password_does_not_go_to_a_server_without_encryption():
    with receiving(MailReceiver()) as server:
        url = server.url.replace("smtp://", "smtp://us:secret@")
        with pytest.raises(Exception, match="STARTTLS"):
            MailServer(url, SENDER).send(MAIL)


def test_a_password_goes_to_a_server_that_is_known_and_encrypted(tmp_path, monkeypatch):
    pem = certificate("localhost", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    known = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    known.load_cert_chain(pem)
    receiver = MailReceiver()
    receiver.socket = known.wrap_socket(receiver.socket, server_side=True)
    with receiving(receiver) as server:
        port = server.server_address[1]
        MailServer(f"smtps://us%40here:se%2Fcret@localhost:{port}", SENDER).send(MAIL)
        assert server.logins == ["us@here se/cret"]
        assert server.got == {"k-1": 1}


def test_the_folder_lists_the_newest_first(tmp_path):
    folder = MailboxFolder(tmp_path / "box", SENDER)
    for key in ("b", "c", "a"):
        folder.send(replace(MAIL, key=key))
    for moment, file in enumerate(sorted(folder.files())):
        os.utime(file, (moment, moment))
    assert [letter.id for letter in folder.letters()] == ["c", "b", "a"]


def test_a_text_and_a_letter_are_each_written_on_their_own_template():
    key = f"key-{'0' * 73}"
    said = {"notify_text_template": "text", "notify_letter_template": "letter"}
    posts = posts_of(Settings("sqlite://", notify_api_key=key, **said))
    text, letter = posts[Channel.TEXT], posts[Channel.LETTER]
    assert (text.template_id, text.letter) == ("text", False)
    assert (letter.template_id, letter.letter) == ("letter", True)


def test_in_production_nothing_is_put_aside_silently():
    posts = posts_of(Settings(database_url="sqlite://", **PRODUCTION))
    assert set(map(type, posts.values())) == {NoPost}
    with pytest.raises(Undeliverable):
        posts[Channel.EMAIL].send(MAIL)


class _Notify(http.server.BaseHTTPRequestHandler):
    """Answers as Notify does, as far as we speak with it."""

    def do_GET(self):
        sought = parse_qs(urlsplit(self.path).query)["reference"]
        self._say(200, {"notifications": [m for m in self.server.got if m["reference"] in sought]})

    def do_POST(self):
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if said.get("phone_number") == "not a number":
            return self._say(400, {"errors": []})
        self.server.got.append(said)
        return self._say(201, {"id": "n"})

    def _say(self, code, what):
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(what).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def notify():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Notify)
    server.got = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def client(notify):
    key = "k-" + "0" * 36 + "-" + "1" * 36
    found = notify_client(key, f"http://127.0.0.1:{notify.server_address[1]}")
    found.request_session.trust_env = False
    return found


def test_a_text_goes_out_once_although_notify_takes_repetitions(notify):
    post = NotifyPost(client(notify), "template")
    text = Envelope("k-2", "07700 900123", "", "Call us when you can.", AT)
    post.send(text)
    post.send(text)
    (sent,) = notify.got
    assert (sent["phone_number"], sent["personalisation"]["text"]) == (text.to, text.body)
    post.client.request_session.close()


def test_a_letter_carries_its_address_line_by_line(notify):
    post = NotifyPost(client(notify), "template", letter=True)
    post.send(Envelope("k-3", "The occupier\n1 Some Street\nG1 1AA", "", "Hello", AT))
    assert notify.got[0]["personalisation"]["address_line_3"] == "G1 1AA"
    post.client.request_session.close()


def test_what_notify_refuses_is_not_tried_again(notify):
    post = NotifyPost(client(notify), "template")
    with pytest.raises(Undeliverable):
        post.send(Envelope("k-4", "not a number", "", "Hello", AT))
    post.client.request_session.close()
