"""Sends letters by mail, if the operator named a mail server.

Owns enqueuing a letter as a job, and sending it. The job has the letter's kind and facts, never its words or a link:
those are made when it is sent, by the account's state then. Look next: `letters`.
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
    """A job's payload: the letter, its account, or an address that may have an account, and facts."""

    letter: str
    user: int | None = None
    email: str = ""
    facts: dict[str, str] = {}


def is_set() -> bool:
    """Return whether there is a mail server."""
    return settings.MAIL is not None


def write_to(user: User, letter: letters.Letter, **facts: str) -> None:
    """Enqueue a letter, in the caller's transaction. Without a mail server, do nothing."""
    _enqueue(Asked(letter=letter, user=user.pk, facts=facts), key=secrets.token_hex(16))


def write_to_address(email: str, letter: letters.Letter, *, key: str) -> None:
    """Enqueue a letter to the account with an address, if there is one, once for a key.

    The account is looked up when the letter is sent: here the time that it takes would reveal whether there is one.
    """
    _enqueue(Asked(letter=letter, email=email), key=hashlib.sha256(f"{letter}\0{email}\0{key}".encode()).hexdigest())


def asking(request: HttpRequest) -> dict[str, str]:
    """Return a letter's facts about a request: its address, device and time."""
    return {
        "address": request.META.get("REMOTE_ADDR", ""),
        "agent": request.META.get("HTTP_USER_AGENT", "")[:_AGENT_CHARS],
        "at": CLOCK.now().isoformat(),
    }


def send_now(to: str) -> None:
    """Send a letter that tests the mail server, now. Raises what Django's mail raises."""
    _deliver(to, letters.trial(), secrets.token_hex(16))


def _enqueue(asked: Asked, *, key: str) -> None:
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
        _deliver(user.email, words, given.key)
    except SMTPRecipientsRefused as refused:
        [(code, said), *_] = refused.recipients.values()
        if code >= 500:  # permanent in SMTP; a code that begins with 4 is worth a retry
            why = said.decode("utf-8", "replace")
            raise GiveUp(f"The mail server does not take mail for {user.email}: {code} {why}") from refused
        raise


def _deliver(to: str, words: letters.Words, key: str) -> None:
    headers = {
        # The same for every attempt, so that a mailbox can recognise a duplicate.
        "Message-ID": f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{urlsplit(settings.PUBLIC_URL).hostname}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: stops automatic answers
    }
    with get_connection() as connection:  # closes it also if the server refuses the letter
        connection.send_messages([EmailMessage(words.subject, words.body, to=[to], headers=headers)])


SEND: Final = Kind(name=KIND, promise=Promise.AT_LEAST_ONCE, run=_send)
