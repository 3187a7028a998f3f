"""A server that answers as OpenAI's does, on a port of this machine, as a test tells it to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behave = Callable[["Answering"], None]


class Answering(BaseHTTPRequestHandler):
    """One request. `over`: set as the test ends, so that what waits for ever does not."""

    protocol_version = "HTTP/1.0"
    over: threading.Event

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        server = self.server
        assert isinstance(server, _Server)
        server.asked.append((self.path, dict(self.headers), json.loads(body)))
        self.over = server.over
        with suppress(OSError):  # whoever asked has gone
            server.behave(self)

    do_GET = do_POST

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def say(self, content: str) -> None:
        """Answer with a completion of these words."""
        self.answer(json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode())

    def suggest(self, *suggestions: Any) -> None:
        self.say(json.dumps({"suggestions": suggestions}))

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, behave: Behave) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.behave, self.over = behave, threading.Event()
        self.asked: list[tuple[str, dict[str, str], Any]] = []


class Site:
    """Where the server is, and what it was asked: path, headers, body."""

    def __init__(self, server: _Server) -> None:
        self.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        self.asked = server.asked


@contextmanager
def serving(behave: Behave) -> Iterator[Site]:
    """Run a server that behaves so."""
    server = _Server(behave)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Site(server)
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
