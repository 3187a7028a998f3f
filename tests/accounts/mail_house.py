"""A mail server that the tests send to: real SMTP, on a port of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailHouse(Controller):
    """What arrived, and whom it does not take mail for. `says`: to whoever writes to them."""

    def __init__(self) -> None:
        """Take whatever comes."""
        self.arrived: list[EmailMessage] = []
        self.says: dict[str, str] = {}
        super().__init__(self, hostname="127.0.0.1", port=0)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

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


@contextmanager
def running() -> Iterator[MailHouse]:
    """Run a mail server."""
    house = MailHouse()
    house.start()
    try:
        yield house
    finally:
        house.stop()
