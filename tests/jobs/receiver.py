"""A mail server on loopback that behaves as badly as it is told, and counts by Message-ID."""

import re
import socket
import socketserver
import struct
import threading
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

MOODS = ("well", "refuses", "hangs", "resets", "resets after taking it", "answers 500")


class MailReceiver(socketserver.ThreadingTCPServer):
    """Takes mail in its mood; `moods` says which moods it may have, one for each connection."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, moods: tuple[str, ...] = ("well",), port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Conversation)
        self.moods, self.dice = moods, Random(1)
        self.hang_for = 1.0
        self.got: Counter[str] = Counter()
        self.mails: list[str] = []
        self.refused_with: dict[str, int] = {}
        self.logins: list[str] = []  # user and password of each sender that gave them

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed in the middle is what this is for."""


class _Conversation(socketserver.StreamRequestHandler):
    server: MailReceiver

    def handle(self) -> None:
        mood = self.server.dice.choice(self.server.moods)
        if mood == "refuses":
            return None
        if mood == "hangs":
            time.sleep(self.server.hang_for)
            return None
        self._say("220 ready")
        for line in self.rfile:
            word = line.decode().strip().upper()
            if word == "DATA":
                self._say("354 go on")
                self._take(mood)
                if mood.startswith("resets"):
                    return self._reset()
            elif word == "QUIT":
                return self._say("221 bye")
            elif word.startswith("RCPT"):
                address = re.search(r"<(.*?)>", line.decode())[1]
                self._say(f"{self.server.refused_with.get(address, 250)} {address}")
            elif word.startswith("EHLO"):
                self._say("250-well\r\n250 AUTH PLAIN")
            elif word.startswith("AUTH PLAIN"):
                _, user, password = b64decode(line.split()[-1]).decode().split("\0")
                self.server.logins.append(f"{user} {password}")
                self._say("235 welcome")
            else:
                self._say("250 well")
        return None

    def _take(self, mood: str) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.decode())
        else:
            return  # the sender died before the end: not taken
        if mood == "answers 500":
            self._say("554 transaction failed")
        elif mood != "resets":
            mail = "".join(lines)
            self.server.mails.append(mail)
            self.server.got[re.search(r"Message-ID: <(.*?)@", mail)[1]] += 1
            if mood == "well":
                self._say("250 taken")

    def _reset(self) -> None:
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.request.close()

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def receiving(receiver: MailReceiver) -> Iterator[MailReceiver]:
    """The receiver at work."""
    thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.shutdown()
        thread.join()
        receiver.server_close()
