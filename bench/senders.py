"""Uploads of pictures: `python -m bench.senders PORT SLUG MEGABYTES COOKIE…`, a thread for each cookie.

At each line of input every thread sends one picture by the desk's protocol, in pieces at the pace of a 16 Mbit/s
connection, and asks until it is ready, as the composer does. Prints `ready` first, and then for each line of input the
number of pictures, once all are ready. Any refusal ends it.
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
BANDWIDTH: Final = 2e6  # bytes a second: a good phone's, or a share of an office's connection
ASKS_S: Final = 2.0  # between two requests for the state of an upload
_TUS: Final = {"Tus-Resumable": "1.0.0", "Priority": "u=6"}  # as the composer sends them
_NONE: Final[Mapping[str, str]] = {}


class Desk:
    """A signed-in connection to the desk of a live blog."""

    def __init__(self, port: int, slug: str, cookie: str) -> None:
        self.base, self.cookie, self.token = f"/desk/live/{slug}/", cookie, ""
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        answer, page = self.ask("GET", "write/", expect=200)
        self.cookie += f"; {(answer.headers['Set-Cookie'] or '').partition(';')[0]}"
        self.token = page.partition(b'"csrf":"')[2].partition(b'"')[0].decode()

    def ask(
        self, method: str, rest: str, body: bytes | None = None, headers: Mapping[str, str] = _NONE, *, expect: int
    ) -> tuple[HTTPResponse, bytes]:
        """Send a request and return the answer; any status but the expected one ends the process."""
        sent = {"Host": "localhost", "Accept": "application/json", "Cookie": self.cookie, "X-CSRFToken": self.token}
        sent |= headers
        self.connection.request(method, rest if rest.startswith("/") else self.base + rest, body, sent)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != expect:
            raise SystemExit(f"{method} {rest} was answered {answer.status}: {text[:500].decode(errors='replace')}")
        return answer, text

    def send(self, content: bytes) -> None:
        """Upload a file, and return once it is ready."""
        created, _ = self.ask("POST", "media/", headers={**_TUS, "Upload-Length": str(len(content))}, expect=201)
        place = str(created.headers["Location"])
        for offset in range(0, len(content), PIECE):
            headers = {**_TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            piece = content[offset : offset + PIECE]
            time.sleep(len(piece) / BANDWIDTH)
            self.ask("PATCH", place, piece, headers, expect=204)
        while (media := json.loads(self.ask("GET", place, expect=200)[1])["media"])["state"] != "ready":
            if media["state"] == "refused":
                raise SystemExit(f"it was refused: {media['refusal']}")
            time.sleep(ASKS_S)


def photograph(megabytes: float) -> bytes:
    """Return a JPEG of about so many megabytes: noise, which does not compress further."""
    from PIL import Image  # noqa: PLC0415 -- only this function needs it

    width = 4000
    height = max(16, round(megabytes * 1e6 / 2.4 / width))
    made, noise = BytesIO(), os.urandom(width * height * 3)
    Image.frombytes("RGB", (width, height), noise).save(made, "JPEG", quality=95, subsampling=0)
    return made.getvalue()


def _send(desk: Desk, content: bytes) -> None:
    try:
        desk.send(content + os.urandom(16))  # bytes after a JPEG's end: another file with the same work
    except BaseException as why:
        print(f"{type(why).__name__}: {why}", file=sys.stderr, flush=True)
        os._exit(1)


def main() -> None:
    """Send a picture from each cookie for each line of input."""
    port, slug, megabytes, *cookies = sys.argv[1:]
    content = photograph(float(megabytes))
    desks = [Desk(int(port), slug, cookie) for cookie in cookies]
    print("ready", flush=True)
    for _ in sys.stdin:
        sending = [threading.Thread(target=_send, args=(desk, content)) for desk in desks]
        for one in sending:
            one.start()
        for one in sending:
            one.join()
        print(len(sending), flush=True)


if __name__ == "__main__":
    main()
