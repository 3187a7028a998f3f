"""The load of open desks beside a measured one: `python -m bench.crowd PORT SLUG COOKIE…`, a thread for each cookie.

Every two seconds each sends a beat and the server's copy of a draft that has grown, as an open desk does. Prints
`typing` once all were answered, and runs until it is killed. Any refusal ends it.
"""

import json
import os
import random
import sys
import threading
import time
from http.client import HTTPConnection
from typing import Any, Final

EVERY_S: Final = 2.0
CHARS: Final = 2_000


class Typist:
    """One person at an open desk."""

    def __init__(self, port: int, slug: str, cookie: str, number: int) -> None:
        self.base, self.cookies, self.number = f"/desk/live/{slug}/", {"": cookie}, number
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        page = self._ask("GET", "drafts/")
        self.token, self.author = page["csrf"], page["forms"]["draft"]["author"]
        self.turn = self.seen = 0

    def once(self) -> None:
        """Send a beat and a draft."""
        name = f"benchtab{self.number}"
        self._ask("POST", "beat/", {"do": "beat", "tab": name, "at": "new", "active": True})
        self.turn += 1
        words = f"{self.turn} " + "word " * (CHARS // 5)
        body = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": words}]}]}
        draft = {
            "once": name,
            "body": body,
            "author": self.author,
            "writer": name,
            "turn": self.turn,
            "seen": self.seen,
        }
        self.seen = self._ask("POST", "drafts/", {"do": "save", "body": body, **draft})["draft"]["version"]

    def _ask(self, method: str, rest: str, fields: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Host": "localhost", "Accept": "application/json"}
        headers["Cookie"] = "; ".join(self.cookies.values())
        body = None
        if fields is not None:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self.token, "Priority": "u=6"}
            body = json.dumps({"version": 1, **fields}).encode()
        self.connection.request(method, self.base + rest, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            pair = cookie.partition(";")[0]
            self.cookies[pair.partition("=")[0]] = pair
        if answer.status != 200:
            raise SystemExit(f"{method} {rest} was answered {answer.status}: {text[:500].decode(errors='replace')}")
        content: dict[str, Any] = json.loads(text)
        return content


def _type(one: Typist, first: threading.Barrier) -> None:
    try:
        one.once()
        first.wait(60)
        while True:
            time.sleep(EVERY_S * random.uniform(0.9, 1.1))  # noqa: S311 -- so that requests are spread
            one.once()
    except BaseException as why:
        print(f"{type(why).__name__}: {why}", file=sys.stderr, flush=True)
        os._exit(1)


def main() -> None:
    """Start a thread for each cookie."""
    port, slug, *cookies = sys.argv[1:]
    first = threading.Barrier(len(cookies) + 1)
    for number, cookie in enumerate(cookies):
        one = Typist(int(port), slug, cookie, number)
        threading.Thread(target=_type, args=(one, first), daemon=True).start()
    first.wait(60)
    print("typing", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
