"""An editor at the desk, by HTTP alone: fetches the form, sends it, and measures how long the answer took.

Owns one person's cookies and the form's hidden fields. Never retries: a refusal is a fault.
"""

import html
import re
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Final
from urllib.parse import urlencode

ANSWER_S: Final = 30.0
_HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer of the desk. `took_s`: from the first byte sent to the last received."""

    status: int
    location: str
    text: str
    took_s: float


@dataclass(kw_only=True)
class Person:
    """One person's browser. It blocks: run it in a thread."""

    port: int
    session: str
    form: str  # its address
    address: str = "127.0.6.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, do: str, text: str, **more: str) -> Answer:
        """Fetch an empty form, fill it in, and send it by a button."""
        fields = {name: html.unescape(value) for name, value in _HIDDEN.findall(self._ask("GET").text)}
        fields |= {"do": do, "kind": "update", "text": text, **more}
        return self._ask("POST", urlencode(fields).encode())

    def _ask(self, method: str, body: bytes | None = None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_S, source_address=(self.address, 0))
        try:
            started = time.monotonic()
            cookies = [self.session, *(f"{name}={value}" for name, value in self.cookies.items())]
            headers = {"Host": "localhost", "Cookie": "; ".join(cookies)}
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, self.form, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            took_s = time.monotonic() - started
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(status=answer.status, location=answer.headers.get("Location", ""), text=text, took_s=took_s)
