"""A real SMTP server on loopback that asks for TLS and a password, and remembers every mail it took."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "zwgk", "kou-ling"


@dataclass(frozen=True)
class Taken:
    """A mail that the server took: for whom, from whom, and the message."""

    to: tuple[str, ...]
    sender: str
    message: EmailMessage

    @property
    def number(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content()  # type: ignore[union-attr,no-any-return]

    @property
    def html(self) -> str:
        return self.message.get_body(("html",)).get_content()  # type: ignore[union-attr,no-any-return]


@dataclass
class PostOffice:
    """The server's other side: what it took, and how it answers. `replies`: address → a reply to RCPT;
    `at_data`: a reply to every mail instead of taking it; `when_taken` runs after a mail was taken, before the
    client hears of it."""

    port: int
    ca: Path
    taken: list[Taken] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)
    at_data: str = ""
    logins: list[bool] = field(default_factory=list)
    when_taken: Callable[[], None] | None = None

    @property
    def reached(self) -> list[str]:
        """Whom the mails went to, without the domain."""
        return sorted(to.partition("@")[0] for mail in self.taken for to in mail.to)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        reply = self.replies.get(address)
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.at_data:
            return self.at_data
        message = BytesParser(policy=policy.default).parsebytes(envelope.content)
        assert isinstance(message, EmailMessage)
        self.taken.append(Taken(tuple(envelope.rcpt_tos), envelope.mail_from, message))
        if self.when_taken:
            self.when_taken()
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data == LoginPassword(USER.encode(), PASSWORD.encode())
        self.logins.append(good)
        return AuthResult(success=good, handled=False)

    def settings(self, security: str = "starttls") -> dict[str, str]:
        """The environment that makes `gongkai alert` use this server."""
        return {
            "GONGKAI_SMTP_HOST": "127.0.0.1",
            "GONGKAI_SMTP_PORT": str(self.port),
            "GONGKAI_SMTP_USER": USER,
            "GONGKAI_SMTP_PASSWORD": PASSWORD,
            "GONGKAI_SMTP_SECURITY": security,
            "GONGKAI_SMTP_SENDER": "zwgk@county.example",
            "GONGKAI_SMTP_TIMEOUT": "10",
            "GONGKAI_SMTP_CA": str(self.ca),
        }


@contextmanager
def post_office(folder: Path, security: str = "starttls") -> Iterator[PostOffice]:
    """Runs the server until the block ends."""
    certificate, key = certify(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    office = PostOffice(free_port(), certificate)
    protected: dict[str, Any] = {
        "starttls": {"tls_context": context, "require_starttls": True, "auth_required": True},
        "ssl": {"ssl_context": context, "auth_required": True, "auth_require_tls": False},
        "none": {"auth_require_tls": False},
    }[security]
    if security != "none":
        protected["authenticator"] = office.authenticate
    controller = Controller(office, hostname="127.0.0.1", port=office.port, ready_timeout=20, **protected)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def certify(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that vouches for itself, and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return paths


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(happened: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.02)
    return happened()


class listening:  # noqa: N801
    """A server that speaks SMTP word for word and hangs up without an answer when `dies` says so; then it is gone."""

    def __init__(self, dies: Callable[[str], bool]) -> None:
        self.dies = dies
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self) -> int:
        self.thread.start()
        return int(self.socket.getsockname()[1])

    def __exit__(self, *_error: object) -> None:
        self.socket.close()
        self.thread.join(timeout=10)

    def serve(self) -> None:
        connection, _ = self.socket.accept()
        self.socket.close()
        with connection, connection.makefile("rwb", buffering=0) as stream:
            stream.write(b"220 ready\r\n")
            in_body = False
            while line := stream.readline().decode("ascii", "replace").rstrip("\r\n"):
                if not in_body or line == ".":
                    if self.dies(line):
                        return
                    in_body = line.upper() == "DATA"
                    stream.write(b"354 go on\r\n" if in_body else b"250 OK\r\n")
                while (
                    in_body and (line := stream.readline().decode("ascii", "replace").rstrip("\r\n")) != "."
                ):
                    pass
                if in_body and self.dies("."):
                    return
                in_body = False
