"""The line between a reader and the server: a small TCP relay that can be cut, as a train goes into a tunnel.

Owns the sockets on both sides. Cut, it breaks what is open and takes nothing new until it is mended.
"""

import selectors
import socket
import threading
from contextlib import suppress


class Line:
    """A relay on a port of its own."""

    def __init__(self, port: int) -> None:
        """Lead to a port on loopback."""
        self._to = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._whole = True
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break every connection, and refuse new ones."""
        with self._lock:
            self._whole = False
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Take connections again."""
        self._whole = True

    def close(self) -> None:
        """End for good."""
        self.cut()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                reader, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(reader,), daemon=True).start()

    def _carry(self, reader: socket.socket) -> None:
        with reader, suppress(OSError):
            if not self._whole:
                return
            with socket.create_connection(self._to) as server:
                pair = {reader: server, server: reader}
                with self._lock:
                    self._open |= pair.keys()
                try:
                    if self._whole:
                        self._pump(pair)
                finally:
                    with self._lock:
                        self._open -= pair.keys()

    @staticmethod
    def _pump(pair: dict[socket.socket, socket.socket]) -> None:
        with selectors.DefaultSelector() as selector:
            for one in pair:
                selector.register(one, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    readable = key.fileobj
                    assert isinstance(readable, socket.socket)
                    data = readable.recv(65_536)
                    if not data:
                        return
                    pair[readable].sendall(data)
