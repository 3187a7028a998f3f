"""What is sent to people by mail, if the operator named a mail server.

Owns asking for a letter, which is a job like any other, and handing it in to the server. A job says what it is about
and never the words, nor a link: those are made when it is sent, for whoever may have it then. Look next: `letters`.
"""

import hashlib
import secrets
from smtplib import SMTPRecipientsRefused
from typing import Final
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest

from asithappened.accounts import letters
from asithappened.accounts.models import User
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.put import put
from asithappened.jobs.work import Given, GiveUp, Kind, Promise

KIND: Final = "mail"


_AGENT_CHARS: Final = 300


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A job's payload: which letter, to which account, or to an address that may have one, and its contents."""

    letter: str
    user: int | None = None
    email: str = ""
    facts: dict[str, str] = {}


def is_set() -> bool:
    """Say whether there is a mail server."""
    return settings.MAIL is not None


def write_to(user: User, letter: letters.Letter, **facts: str) -> None:
    """Queue a letter, in the caller's transaction. Without a mail server, do nothing."""
    _ask(Asked(letter=letter, user=user.pk, facts=facts), key=secrets.token_hex(16))


def write_to_address(email: str, letter: letters.Letter, *, key: str) -> None:
    """Queue a letter to the account with an address, if there is one, once for a key.

    Whether anybody has is asked when it is sent: here it would show, in how long this takes.
    """
    _ask(Asked(letter=letter, email=email), key=hashlib.sha256(f"{letter}\0{email}\0{key}".encode()).hexdigest())


def asking(request: HttpRequest) -> dict[str, str]:
    """Return what a letter says of a request: its address, device and time."""
    return {
        "address": request.META.get("REMOTE_ADDR", ""),
        "agent": request.META.get("HTTP_USER_AGENT", "")[:_AGENT_CHARS],
        "at": CLOCK.now().isoformat(),
    }


def send_now(to: str) -> None:
    """Send a letter that tests the mail server, and wait for it. Raises what Django's mail raises."""
    _handed_in(to, letters.trial(), secrets.token_hex(16))


def _ask(asked: Asked, *, key: str) -> None:
    if is_set():
        put(KIND, key=key, payload=msgspec.to_builtins(asked))


def _send(given: Given) -> None:
    asked = msgspec.convert(given.payload, Asked)
    user = User.objects.filter(is_active=True, **({"pk": asked.user} if asked.user else {"email": asked.email})).first()
    if user is None:
        return
    words = letters.written(asked.letter, user, asked.facts)
    if words is None:
        return
    try:
        _handed_in(user.email, words, given.key)
    except SMTPRecipientsRefused as refused:
        [(code, said), *_] = refused.recipients.values()
        if code >= 500:  # for good, in SMTP; what begins with 4 may be tried again
            why = said.decode("utf-8", "replace")
            raise GiveUp(f"The mail server does not take mail for {user.email}: {code} {why}") from refused
        raise


def _handed_in(to: str, words: letters.Words, key: str) -> None:
    headers = {
        # The same for every try, so that a mailbox can tell that it is the same letter.
        "Message-ID": f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{urlsplit(settings.PUBLIC_URL).hostname}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's absence is to answer it
    }
    with get_connection() as connection:  # and not by itself: a server that refuses us would be left connected
        connection.send_messages([EmailMessage(words.subject, words.body, to=[to], headers=headers)])


SEND: Final = Kind(name=KIND, promise=Promise.AT_LEAST_ONCE, run=_send)
