"""A proxy on loopback that speaks TLS for the application, as nginx does in a real installation."""

import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from referral.clock import now

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass(frozen=True)
class Passed:
    """One request that came by, and how it was answered."""

    method: str
    path: str
    origin: str | None
    referer: str | None
    status: int


@dataclass
class Behind:
    """Where the application is, and what went to it."""

    port: int = 0
    passed: list[Passed] = field(default_factory=list)


class Relay(BaseHTTPRequestHandler):
    """Hands each request on with the headers that a proxy adds, and its answer back."""

    behind: Behind

    def pass_on(self) -> None:
        """One request."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {n: v for n, v in self.headers.items() if n.lower() not in HOP_BY_HOP}
        headers |= {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "https"}
        application = http.client.HTTPConnection("127.0.0.1", self.behind.port, timeout=60)
        application.request(self.command, self.path, body or None, headers)
        answer = application.getresponse()
        page = answer.read()
        application.close()
        said = self.headers.get("Origin"), self.headers.get("Referer")
        self.behind.passed.append(Passed(self.command, self.path, *said, answer.status))
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    do_GET = do_HEAD = do_POST = pass_on  # noqa: N815 - the names that the library calls

    def log_message(self, *_: object) -> None:
        """The application keeps the log."""


class Proxy(ThreadingHTTPServer):
    """The handshake is made by the thread of a connection, so that none waits for another."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes early is no fault of ours."""

    def finish_request(self, request: ssl.SSLSocket, client_address: object) -> None:
        """Speak TLS first."""
        request.do_handshake()
        super().finish_request(request, client_address)

    def shutdown_request(self, request: ssl.SSLSocket) -> None:
        """Close without a farewell that the other side may not wait for."""
        request.close()


@contextmanager
def proxied(host: str, folder: Path) -> Iterator[tuple[str, Behind]]:
    """The address at which a proxy listens for the time of the block, and what stands behind it."""
    behind = Behind()
    server = Proxy(("127.0.0.1", 0), type("Handler", (Relay,), {"behind": behind}))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate(host, folder))
    server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"https://{host}:{server.server_address[1]}", behind
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def certificate(host: str, folder: Path) -> Path:
    """A file with a key and a certificate for a host that the key itself has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file = folder / f"{host}.pem"
    file.write_bytes(secret + made.public_bytes(pem))
    file.chmod(0o600)
    return file
