"""Somebody elsewhere, as a small real HTTP server: what arrived, and ways not to say so."""

import threading
from contextlib import suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asithappened.jobs.work import Given, NotSent


class Receiver:
    """Records each message. `mute`: of how many to come the answer is lost after they arrived. Use as a context."""

    def __init__(self, *, mute: int = 0) -> None:
        """Listen on a port that the kernel gives."""
        self.arrived: list[tuple[str, str]] = []  # the key that it was handed, or "", and what was said
        self.mute = mute
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = self.rfile.read(int(self.headers["content-length"])).decode()
                receiver.arrived.append((self.headers.get("webhook-id", ""), said))
                if receiver.mute:
                    receiver.mute -= 1
                    self.close_connection = True
                    return
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> "Receiver":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def distinct(self) -> list[str]:
        """Return what it made of all that arrived, knowing by their keys what it had before."""
        return list(dict(self.arrived).values())


def send(given: Given, port: int, *, key: str) -> None:
    """Send what a job says. `key`: handed over, if the receiver knows such a thing. NotSent where nobody listens."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        with suppress(ConnectionRefusedError):
            connection.connect()
        if connection.sock is None:
            raise NotSent("Nobody listens there.")
        connection.request("POST", "/", given.payload["words"].encode(), {"webhook-id": key} if key else {})
        connection.getresponse().read()
    finally:
        connection.close()
