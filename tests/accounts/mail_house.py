"""A mail server for tests: real SMTP on a free port, optionally with TLS and a login.

Owns its certificate too, which only clients with its file trust.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class MailHouse(Controller):
    """What arrived, and whom it does not take mail for. `says`: its answer for them.

    `certificate`: TLS is spoken, once asked for, or `from_the_first_byte`. `login`: whom alone it takes mail from, with
    which password.
    """

    def __init__(
        self,
        *,
        certificate: "Certificate | None" = None,
        from_the_first_byte: bool = False,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.arrived: list[EmailMessage] = []
        self.says: dict[str, str] = {}
        self.login = login
        context = certificate.server() if certificate else None
        more: dict[str, Any] = {"ssl_context": context} if from_the_first_byte else {"tls_context": context}
        if login is not None:
            more |= {"authenticator": self._known, "auth_required": True, "auth_require_tls": not from_the_first_byte}
        super().__init__(self, hostname="127.0.0.1", port=0, **more)

    def _known(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else None
        return AuthResult(success=given == self.login, handled=False)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        """Take a recipient, or say no."""
        if no := self.says.get(address):
            return no
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a letter."""
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.arrived.append(letter)
        return "250 OK"


class Certificate:
    """A self-signed certificate for localhost."""

    def __init__(self, folder: Path) -> None:
        """Make one, with its key, and write both into a folder."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.file, self._key = folder / "certificate.pem", folder / "key.pem"
        self.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        kept = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self._key.write_bytes(key.private_bytes(*kept))

    def server(self) -> ssl.SSLContext:
        """Return what a server that has it speaks."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.file, self._key)
        return context


LOGIN = ("desk@courier.example", "a long password")


@contextmanager
def running(**how: Any) -> Iterator[MailHouse]:
    """Run a mail server."""
    house = MailHouse(**how)
    house.start()
    try:
        yield house
    finally:
        house.stop()


def address(house: MailHouse, folder: Path, scheme: str = "smtp", password: str = LOGIN[1]) -> dict[str, str]:
    """Return an operator's settings for it."""
    (folder / "password").write_text(password)
    return {
        "ASITHAPPENED_MAIL_URL": f"{scheme}://desk%40courier.example@localhost:{house.port}",
        "ASITHAPPENED_MAIL_FROM": "The Courier <desk@courier.example>",
        "ASITHAPPENED_MAIL_PASSWORD_FILE": str(folder / "password"),
    }
