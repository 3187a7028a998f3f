"""`mail`: tests the mail server that the operator named."""

from typing import Annotated

import typer

from asithappened.wiring.commands.inside import installation
from asithappened.wiring.exits import Exit, Stop


def test(to: Annotated[str, typer.Argument(metavar="ADDRESS", help="Who gets it.")]) -> None:
    """Send a letter now, and say whether the mail server took it."""
    with installation():
        from django.conf import settings

        from asithappened.accounts import mail

        if not mail.is_set():
            raise Stop(Exit.REFUSED, "No mail server is named (ASITHAPPENED_MAIL_URL). Nothing was sent.")
        try:
            mail.send_now(to)
        except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; ValueError: an invalid address
            said = " ".join(str(error).split())
            raise Stop(Exit.REFUSED, f"{settings.MAIL} did not take it: {said}. Nothing was sent.") from error
        print(f"{settings.MAIL} took a letter for {to}. Whether it arrives, its mailbox says.")
