"""An edge in a test: its control port, its signature, and a reader's stream that it holds by the rules of GRIP.

Owns the laws of Pushpin that ours lean on, in few words: an item that does not follow the last one makes it ask the
link, items wait meanwhile, and those that follow go on. Shares no code with the server.
"""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import quote

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from asithappened.delivery import grip
from tests.delivery.client import Answer
from tests.delivery.serving import InProcess, Served

EDGE_KEY = "of a test, and thirty-two bytes at least"
PRIVATE = ec.generate_private_key(ec.SECP256R1())
PUBLIC = PRIVATE.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def signature(*, key: Any = EDGE_KEY, algorithm: str = "HS256", good_for: int = 3_600, **claims: object) -> str:
    """Return a Grip-Sig as an edge makes it."""
    return jwt.encode({"iss": "pushpin", "exp": int(time.time()) + good_for, **claims}, key, algorithm=algorithm)


class Control:
    """The control port: takes what is published, or answers with another `status` and takes nothing."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.posts: list[bytes] = []
        self.authorizations: list[str] = []
        self.status = 200
        self.more = threading.Condition()
        control = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                with control.more:
                    if self.path == "/publish/" and control.status == 200:
                        control.posts.append(body)
                        control.items += json.loads(body)["items"]
                        control.authorizations.append(self.headers.get("authorization", ""))
                    control.more.notify_all()
                self.send_response(control.status)
                self.send_header("content-length", "10")
                self.end_headers()
                self.wfile.write(b"Published\n")

            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The setting that names it."""
        return f"http://127.0.0.1:{self.port}/?iss=newsroom&key={quote(EDGE_KEY)}"

    @property
    def edge(self) -> grip.Edge:
        [edge] = grip.edges(self.url)
        return edge

    def until(self, so: Any) -> None:
        """Return once something is so of what came; the limit only catches a hang."""
        with self.more:
            assert self.more.wait_for(so, 60), f"never so: {[item.get('id', 'ask') for item in self.items]}"

    def of(self, channel: str) -> list[dict[str, Any]]:
        """Return what was published to a channel."""
        return [item for item in self.items if item["channel"] == channel]

    def reached(self, cursor: str) -> None:
        """Return once an event was published."""
        self.until(lambda: any(item.get("id") == cursor for item in self.items))


def content(item: dict[str, Any]) -> str:
    """Return the words of an item, "" if it only has the edge ask."""
    words: str = item["formats"]["http-stream"].get("content", "")
    return words


def seqs(text: str) -> list[int]:
    """Return the seqs of the frames in bytes of a stream."""
    return [int(seq) for seq in re.findall(r"^id: [0-9a-f]+-(\d+)\ndata: ", text, re.MULTILINE)]


class HeldReader:
    """A reader's stream as an edge holds it. `text`: all that the reader was sent."""

    def __init__(self, site: Served | InProcess, path: str, **headers: str) -> None:
        """Have the stream opened and held."""
        self._site = site
        self.ended = False
        self.asked = 0
        self.text = ""
        self._take(site.get(path, grip_sig=signature(), **headers))

    def _take(self, answer: Answer) -> None:
        assert answer.status == 200
        self.text += answer.body.decode()
        self.ended = not answer["grip-hold"]
        if not self.ended:
            self.channel, _, last = answer["grip-channel"].partition("; prev-id=")
            self.last = last
            self.link = re.fullmatch(r"<(.+)>; rel=next; timeout=10", answer["grip-link"])[1]  # type: ignore[index]

    def ask(self) -> None:
        """Ask the link, as an edge does that found something missing, or heard nothing for long."""
        self.asked += 1
        self._take(self._site.get(self.link, grip_sig=signature(), grip_last=f"{self.channel}; last-id={self.last}"))

    def publish(self, *items: dict[str, Any]) -> None:
        """Be sent what was published; what came while the edge asked follows, or is dropped."""
        for item in items:
            if self.ended or item["channel"] != self.channel:
                continue
            if item.get("prev-id") != self.last:
                self.ask()
                if item.get("prev-id") != self.last:
                    continue
            self.last = item["id"]
            self.text += content(item)
