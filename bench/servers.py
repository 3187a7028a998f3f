"""The interface of every measured server, and the two that are not ours: the C limit and nginx.

Owns starting them with the settings that their makers recommend for this work, one worker on the servers' core, and
giving them the same bytes. nginx gets every setting that helps it (open_file_cache, gzip_static, endless keep-alive, no
access log). Never measures. Our own server: ours.py.
"""

import http.client
import socket
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from bench import machine
from bench.swarm import Target

EVENT_BYTES: Final = 2_048  # of one event on the wire, if no event of ours sets the size
GZIP: Final = "Accept-Encoding: gzip\r\n"


@dataclass(frozen=True, kw_only=True)
class PublishTimes:
    """When events were given to a server, and when it (or the desk) had answered: CLOCK_MONOTONIC in ns."""

    before_ns: int
    answer_ns: int


class Server(Protocol):
    """A server of one stream."""

    name: str
    event_bytes: int

    def start(self) -> None:
        """Start it, and wait until it answers."""

    def stop(self) -> None:
        """End it."""

    def publish(self, first: int, count: int) -> PublishTimes:
        """Publish `count` events at once, marked from `first` on."""

    @property
    def stream(self) -> Target:
        """Its stream."""

    @property
    def processes(self) -> list[machine.Process]:
        """The processes whose cost counts as the server's."""

    def resume(self, missing: int) -> str:
        """Return the request header of a reader who lacks the newest `missing` events."""


def mark(number: int, at_ns: int) -> str:
    """Return the mark by which the swarm recognises an event."""
    return f"bench-mark-{number:08d}-{at_ns:020d}"


def payload(number: int, at_ns: int, size: int) -> bytes:
    """Return one line of data of a size, which begins with the mark."""
    start = f'{{"s":{number},"ops":[{{"op":"put","html":"{mark(number, at_ns)} '.encode()
    return start + b"w" * max(size - len(start) - 5, 0) + b'"}]}'


class ManagedServer:
    """A server made of processes. It may be stopped twice, and before it was started."""

    def __init__(self) -> None:
        self.processes: list[machine.Process] = []

    @property
    def process(self) -> machine.Process:
        """The server's own process."""
        return self.processes[0]

    def stop(self) -> None:
        while self.processes:
            self.processes.pop().kill()


class Limit(ManagedServer):
    """The C server. `mode`: "each" writes once for each event and reader; "joined" joins events that come together."""

    def __init__(self, folder: Path, *, mode: str = "each", event_bytes: int = EVENT_BYTES) -> None:
        super().__init__()
        self.control = socket.socket(socket.AF_UNIX)
        self.name = f"c_{mode}"
        self.mode, self.event_bytes, self.folder = mode, event_bytes, folder
        self.documents: dict[str, Path] = {}
        self.port = 0

    def start(self) -> None:
        """Start it, and wait until it answers."""
        program, self.port = machine.compiled("epoll_server"), machine.reserve_port()
        control = self.folder / f"c-{self.port}.sock"
        command = [str(program), "--port", str(self.port), "--control", str(control), "--mode", self.mode]
        for path, file in self.documents.items():
            command += ["--document", f"{path}={file}"]
        self.processes.append(machine.Process(command, core=machine.SERVER_CORE, log=self.folder / "c.log"))
        machine.wait_until(lambda: machine.listening(self.port), 10, f"the C server: {self.process.tail()}")
        self.control.connect(str(control))

    def stop(self) -> None:
        self.control.close()
        super().stop()

    def publish(self, first: int, count: int) -> PublishTimes:
        """Publish events in one write to its control socket."""
        before = time.monotonic_ns()
        frames = []
        for number in range(first, first + count):
            data = payload(number, before, self.event_bytes - 24)
            event = b"id: 1-%d\ndata: %s\n\n" % (number, data)
            frames.append(struct.pack("<I", len(event)) + event)
        self.control.sendall(b"".join(frames))
        return PublishTimes(before_ns=before, answer_ns=time.monotonic_ns())

    @property
    def stream(self) -> Target:
        """Its stream."""
        return Target(port=self.port, path="/stream")

    def resume(self, missing: int) -> str:
        """Return the header of a returning reader: this server reads from it how many events are missing."""
        return f"Last-Event-ID: {missing}\r\n"


class Nginx(ManagedServer):
    """nginx with a configuration of ours. `http`: the content of its http block."""

    def __init__(self, name: str, folder: Path, http: str) -> None:
        super().__init__()
        self.name, self.folder, self.http = name, folder / name, http
        self.port = 0

    def start(self) -> None:
        """Start it, and wait until it answers. Raises Unavailable if it or a module is not installed."""
        program = machine.find("nginx")
        self.port = machine.reserve_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "nginx.conf").write_text(self._configuration())
        command = [program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", "stderr"]
        process = machine.Process(command, core=machine.SERVER_CORE, log=self.folder / "nginx.log")
        self.processes.append(process)
        machine.wait_until(lambda: machine.listening(self.port) or not process.alive(), 10, "nginx")
        if not process.alive():
            raise machine.Failed(f"nginx ended at once: {process.tail()}")

    def _configuration(self) -> str:
        limit = machine.open_files()
        return f"""
{nchan_module() if "nchan" in self.http else ""}
daemon off;
user root;
worker_processes 1;
worker_rlimit_nofile {limit};
pid {self.folder}/nginx.pid;
error_log stderr error;
# Twice as many: nginx stops accepting when an eighth of these is left, and closes idle connections at a sixteenth.
events {{ worker_connections {2 * limit}; multi_accept on; }}
http {{
    access_log off;
    default_type text/html;
    keepalive_requests 100000000;
    keepalive_timeout 600s;
    client_body_temp_path {self.folder}/body;
    proxy_temp_path {self.folder}/proxy;
    fastcgi_temp_path {self.folder}/fastcgi;
    uwsgi_temp_path {self.folder}/uwsgi;
    scgi_temp_path {self.folder}/scgi;
{self.http.replace("@PORT@", str(self.port))}
}}
"""


def nchan_module() -> str:
    """Return the line that loads nchan, or raise Unavailable."""
    for folder in ("/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/share/nginx/modules"):
        module = Path(folder, "ngx_nchan_module.so")
        if module.exists():
            return f"load_module {module};"
    raise machine.Unavailable("nchan is not installed here (Debian: libnginx-mod-nchan)")


class Nchan(Nginx):
    """nginx with nchan, which buffers in memory. `certificate`: with TLS."""

    def __init__(
        self, folder: Path, *, event_bytes: int = EVENT_BYTES, certificate: tuple[Path, Path] | None = None
    ) -> None:
        tls = "ssl" if certificate else ""
        lines = f"ssl_certificate {certificate[0]}; ssl_certificate_key {certificate[1]};" if certificate else ""
        super().__init__(
            "nchan_tls" if certificate else "nchan",
            folder,
            f"""
    nchan_shared_memory_size 256M;
    server {{
        listen 127.0.0.1:@PORT@ {tls} backlog=4096; {lines}
        location = /publish {{
            nchan_publisher; nchan_channel_id bench; nchan_message_buffer_length 64; nchan_message_timeout 10m;
        }}
        location = /stream {{
            nchan_subscriber eventsource; nchan_channel_id bench; nchan_subscriber_first_message newest;
            nchan_eventsource_ping_interval 0;
        }}
    }}
    server {{
        listen unix:{folder}/nchan.sock;
        location = /publish {{
            nchan_publisher; nchan_channel_id bench; nchan_message_buffer_length 64; nchan_message_timeout 10m;
        }}
    }}""",
        )
        self.event_bytes, self.tls = event_bytes, certificate is not None
        self.publisher = socket.socket(socket.AF_UNIX)
        self.publisher_path = folder / "nchan.sock"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.publisher_path.unlink(missing_ok=True)
        super().start()
        # nginx listens on its port first, and on this socket a moment later.
        machine.wait_until(
            lambda: self.publisher.connect_ex(str(self.publisher_path)) == 0, 10, "nginx's socket for publishing"
        )
        self.publish(0, 1)  # makes the channel

    def stop(self) -> None:
        self.publisher.close()
        super().stop()

    def publish(self, first: int, count: int) -> PublishTimes:
        """Publish events by pipelined POSTs on one connection, as a busy publisher does."""
        before = time.monotonic_ns()
        requests = []
        for number in range(first, first + count):
            body = payload(number, before, self.event_bytes - 30)
            requests.append(
                b"POST /publish HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
                % (len(body), body)
            )
        self.publisher.sendall(b"".join(requests))
        answers = b""
        while answers.count(b"HTTP/1.1 20") < count:
            part = self.publisher.recv(65_536)
            if not part or b"HTTP/1.1 4" in answers:
                raise machine.Failed(f"nchan refused an event: {answers[:300]!r}")
            answers += part
        return PublishTimes(before_ns=before, answer_ns=time.monotonic_ns())

    @property
    def stream(self) -> Target:
        """Its stream."""
        return Target(port=self.port, path="/stream", tls=self.tls)

    def resume(self, missing: int) -> str:
        """Return the header with nchan's id of the event before the newest `missing`, which its stream shows."""
        with socket.create_connection((machine.LOOPBACK, self.port), 5) as reader:
            reader.sendall(
                b"GET /stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nLast-Event-ID: 0:0\r\n\r\n"
            )
            received, deadline = b"", time.monotonic() + 5
            ids: list[bytes] = []
            while time.monotonic() < deadline:
                ids = [line[3:].strip() for line in received.split(b"\n")[:-1] if line.startswith(b"id:")]
                if len(ids) > missing and received.endswith(b"\n\n"):
                    reader.settimeout(0.3)  # the newest may still be on their way
                try:
                    part = reader.recv(1 << 20)
                except TimeoutError:
                    break
                received += part
        return f"Last-Event-ID: {ids[-missing - 1].decode()}\r\n"


class Static(Nginx):
    """nginx with gzipped files: the same bytes as our documents."""

    def __init__(self, folder: Path, documents: dict[str, bytes]) -> None:
        """`documents`: gzipped bytes by path, such as /page."""
        root = folder / "nginx_static" / "root"
        root.mkdir(parents=True, exist_ok=True)
        for path, data in documents.items():
            (root / (path.strip("/") + ".gz")).write_bytes(data)
        super().__init__(
            "nginx_static",
            folder,
            f"""
    sendfile on; tcp_nopush on; etag on;
    open_file_cache max=100; open_file_cache_valid 60s;
    server {{
        listen 127.0.0.1:@PORT@ backlog=4096;
        root {root};
        gzip_static always;
        add_header Cache-Control "max-age=0, s-maxage=2";
    }}""",
        )


class TlsProxy(Nginx):
    """nginx that terminates TLS in front of a server, as newsrooms deploy it. The cost is that of both."""

    def __init__(self, upstream: Server, folder: Path, certificate: tuple[Path, Path]) -> None:
        super().__init__(f"{upstream.name}_tls", folder, "")
        self.upstream, self.certificate, self.event_bytes = upstream, certificate, upstream.event_bytes

    def start(self) -> None:
        """Start both. Streams pass unbuffered, by HTTP/1.1 to the upstream server."""
        self.upstream.start()
        target = self.upstream.stream
        self.http = f"""
    server {{
        listen 127.0.0.1:@PORT@ ssl backlog=4096;
        ssl_certificate {self.certificate[0]}; ssl_certificate_key {self.certificate[1]};
        location / {{
            proxy_pass http://127.0.0.1:{target.port};
            proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host {target.host};
            proxy_buffering off; proxy_read_timeout 60s;
        }}
    }}"""
        super().start()
        self.processes += self.upstream.processes  # a delivery costs both

    def stop(self) -> None:
        super().stop()
        self.upstream.stop()

    def publish(self, first: int, count: int) -> PublishTimes:
        """Publish to the upstream server."""
        return self.upstream.publish(first, count)

    @property
    def stream(self) -> Target:
        """The stream, through the proxy."""
        target = self.upstream.stream
        return Target(port=self.port, path=target.path, host=target.host, header=target.header, tls=True)

    def resume(self, missing: int) -> str:
        """Return the upstream server's header."""
        return self.upstream.resume(missing)


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a self-signed certificate for localhost; raise Unavailable without the openssl program."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    if not cert.exists():
        subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        command = [machine.find("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        output = machine.output([*command, "-nodes", "-days", "2", "-keyout", str(key), "-out", str(cert), *subject])
        if not cert.exists():
            raise machine.Unavailable(f"no certificate: {output[-300:]}")
    return cert, key


def fetch(
    target: Target, *, gzip: bool = True, header: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Request a document once; return status, headers with lower-case names, and the bytes as sent."""
    connection = http.client.HTTPConnection(machine.LOOPBACK, target.port, timeout=10)
    try:
        headers = {"Host": target.host, **({"Accept-Encoding": "gzip"} if gzip else {}), **(header or {})}
        connection.request("GET", target.path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()
