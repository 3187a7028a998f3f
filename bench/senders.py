"""People who send pictures: `python -m bench.senders PORT SLUG MEGABYTES COOKIE…`, each a thread with a connection.

Each sends one picture after the other by the desk's protocol, a piece at a time and as fast as a line of 16 Mbit/s
takes it, once told to `go`, until told to `rest`: then it ends the one that it has begun. Prints `ready`, and for each
rest how many were sent. Any refusal ends it.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from io import BytesIO
from typing import Final

PIECE: Final = 1024 * 1024
LINE: Final = 2e6  # bytes a second that somebody's line takes: a good phone's, or an office's that twenty people share
_TUS: Final = {"Tus-Resumable": "1.0.0", "Priority": "u=6"}  # as the composer sends them


class Desk:
    """Somebody's connection to the desk of a live blog, with their session and its token."""

    def __init__(self, port: int, slug: str, cookie: str) -> None:
        self.base, self.cookie, self.token = f"/desk/live/{slug}/", cookie, ""
        self.wire = HTTPConnection("127.0.0.1", port, timeout=60)
        answer, told = self.ask("GET", "write/", expect=200)
        self.cookie += f"; {(answer.headers['Set-Cookie'] or '').partition(';')[0]}"
        self.token = told.partition(b'"csrf":"')[2].partition(b'"')[0].decode()

    def ask(
        self, method: str, rest: str, body: bytes | None = None, *, expect: int, **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        """Ask, and return the answer; anything but what is expected ends the process."""
        given = {"Host": "localhost", "Accept": "application/json", "Cookie": self.cookie, "X-CSRFToken": self.token}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.wire.request(method, rest if rest.startswith("/") else self.base + rest, body, given)
        answer = self.wire.getresponse()
        text = answer.read()
        if answer.status != expect:
            raise SystemExit(f"{method} {rest} was answered {answer.status}: {text[:500].decode(errors='replace')}")
        return answer, text

    def send(self, content: bytes) -> None:
        """Send a file."""
        begun, _ = self.ask("POST", "media/", expect=201, Upload_Length=str(len(content)), **_TUS)
        place = str(begun.headers["Location"])
        for offset in range(0, len(content), PIECE):
            kind = "application/offset+octet-stream"
            piece = content[offset : offset + PIECE]
            time.sleep(len(piece) / LINE)
            self.ask("PATCH", place, piece, expect=204, Upload_Offset=str(offset), Content_Type=kind, **_TUS)


def photograph(megabytes: float) -> bytes:
    """Return a JPEG of about so many megabytes: noise, which compresses to nothing less."""
    from PIL import Image  # noqa: PLC0415 -- nothing else here makes pictures

    width = 4000
    height = max(16, round(megabytes * 1e6 / 2.4 / width))
    made, noise = BytesIO(), os.urandom(width * height * 3)
    Image.frombytes("RGB", (width, height), noise).save(made, "JPEG", quality=95, subsampling=0)
    return made.getvalue()


def _sends(desk: Desk, content: bytes, open_: threading.Event, busy: Callable[[int], None]) -> None:
    try:
        while True:
            open_.wait()
            busy(+1)
            desk.send(content + os.urandom(16))  # after a JPEG's end anything may stand: other bytes, the same work
            busy(-1)
    except BaseException as why:
        print(f"{type(why).__name__}: {why}", file=sys.stderr, flush=True)
        os._exit(1)


def main() -> None:
    """Have everybody send."""
    port, slug, megabytes, *cookies = sys.argv[1:]
    content, open_, lock = photograph(float(megabytes)), threading.Event(), threading.Lock()
    sending = sent = 0

    def busy(change: int) -> None:
        nonlocal sending, sent
        with lock:
            sending, sent = sending + change, sent + (change < 0)

    for cookie in cookies:
        threading.Thread(target=_sends, args=(Desk(int(port), slug, cookie), content, open_, busy), daemon=True).start()
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "go":
            sent = 0
            open_.set()
            print("going", flush=True)
        else:
            open_.clear()
            while sending:
                time.sleep(0.02)
            print(sent, flush=True)


if __name__ == "__main__":
    main()
