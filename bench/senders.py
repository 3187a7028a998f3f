"""People who send pictures: `python -m bench.senders PORT SLUG MEGABYTES COOKIE…`, each a thread with a connection.

Told to `go`, each sends one picture by the desk's protocol, a piece at a time and as fast as a line of 16 Mbit/s takes
it, and asks until it was taken in, as the composer does. Prints `ready`, and for each `go` how many that were, once all
are in. Any refusal ends it.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from io import BytesIO
from typing import Final

PIECE: Final = 1024 * 1024
LINE: Final = 2e6  # bytes a second that somebody's line takes: a good phone's, or an office's that twenty people share
ASKS_S: Final = 2.0  # between two questions whether it is ready
_TUS: Final = {"Tus-Resumable": "1.0.0", "Priority": "u=6"}  # as the composer sends them
_NONE: Final[Mapping[str, str]] = {}


class Desk:
    """Somebody's connection to the desk of a live blog, with their session and its token."""

    def __init__(self, port: int, slug: str, cookie: str) -> None:
        self.base, self.cookie, self.token = f"/desk/live/{slug}/", cookie, ""
        self.wire = HTTPConnection("127.0.0.1", port, timeout=60)
        answer, told = self.ask("GET", "write/", expect=200)
        self.cookie += f"; {(answer.headers['Set-Cookie'] or '').partition(';')[0]}"
        self.token = told.partition(b'"csrf":"')[2].partition(b'"')[0].decode()

    def ask(
        self, method: str, rest: str, body: bytes | None = None, headers: Mapping[str, str] = _NONE, *, expect: int
    ) -> tuple[HTTPResponse, bytes]:
        """Ask, and return the answer; anything but what is expected ends the process."""
        given = {"Host": "localhost", "Accept": "application/json", "Cookie": self.cookie, "X-CSRFToken": self.token}
        given |= headers
        self.wire.request(method, rest if rest.startswith("/") else self.base + rest, body, given)
        answer = self.wire.getresponse()
        text = answer.read()
        if answer.status != expect:
            raise SystemExit(f"{method} {rest} was answered {answer.status}: {text[:500].decode(errors='replace')}")
        return answer, text

    def send(self, content: bytes) -> None:
        """Send a file, and return when it was taken in."""
        begun, _ = self.ask("POST", "media/", headers={**_TUS, "Upload-Length": str(len(content))}, expect=201)
        place = str(begun.headers["Location"])
        for offset in range(0, len(content), PIECE):
            headers = {**_TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            piece = content[offset : offset + PIECE]
            time.sleep(len(piece) / LINE)
            self.ask("PATCH", place, piece, headers, expect=204)
        while (became := json.loads(self.ask("GET", place, expect=200)[1])["media"])["state"] != "ready":
            if became["state"] == "refused":
                raise SystemExit(f"it was refused: {became['refusal']}")
            time.sleep(ASKS_S)


def photograph(megabytes: float) -> bytes:
    """Return a JPEG of about so many megabytes: noise, which compresses to nothing less."""
    from PIL import Image  # noqa: PLC0415 -- nothing else here makes pictures

    width = 4000
    height = max(16, round(megabytes * 1e6 / 2.4 / width))
    made, noise = BytesIO(), os.urandom(width * height * 3)
    Image.frombytes("RGB", (width, height), noise).save(made, "JPEG", quality=95, subsampling=0)
    return made.getvalue()


def _sends(desk: Desk, content: bytes) -> None:
    try:
        desk.send(content + os.urandom(16))  # after a JPEG's end anything may stand: other bytes, the same work
    except BaseException as why:
        print(f"{type(why).__name__}: {why}", file=sys.stderr, flush=True)
        os._exit(1)


def main() -> None:
    """Have everybody send."""
    port, slug, megabytes, *cookies = sys.argv[1:]
    content = photograph(float(megabytes))
    desks = [Desk(int(port), slug, cookie) for cookie in cookies]
    print("ready", flush=True)
    for _ in sys.stdin:
        sending = [threading.Thread(target=_sends, args=(desk, content)) for desk in desks]
        for one in sending:
            one.start()
        for one in sending:
            one.join()
        print(len(sending), flush=True)


if __name__ == "__main__":
    main()
