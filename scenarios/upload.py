"""Scenario 12, a picture over a bad connection: it is cut, the server is killed, and nothing is lost or public early.

An editor sends a JPEG of 30 MB by the desk's protocol, through a proxy that cuts the connection within a piece, three
times; then another one, while the server is killed (-9) during the upload and again while it decodes.
Pass: every byte arrives, at most one piece is sent twice for each fault, and no file under media has its name before it
is complete: a file that was seen never changes. Then the picture is published, and readers get the kept bytes.
"""

import asyncio
import hashlib
import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.senders import PIECE, photograph
from scenarios.editor import SLUG
from scenarios.faults import reset
from scenarios.site import Broken, Figures, Site, require
from scenarios.sockets import Where, get

READY_S: Final = 90
SECONDS: Final = 8.0  # of the upload during which the server is killed
MEDIA: Final = f"/desk/live/{SLUG}/media/"
TUS: Final = {"Tus-Resumable": "1.0.0"}
NONE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, kw_only=True)
class Size:
    """The size of a picture, in megabytes, and how often the connection is cut."""

    megabytes: int
    cuts: int


CI = Size(megabytes=30, cuts=3)
FULL = Size(megabytes=60, cuts=40)
TINY = Size(megabytes=4, cuts=1)


class Cutter:
    """A proxy that cuts the connection (RST) after so many uploaded bytes. `pace`: bytes a second, 0 for no limit."""

    def __init__(self, port: int, after: list[int], pace: float = 0) -> None:
        self.to, self.after, self.pace, self.cuts, self.port = port, after, pace, 0, 0
        self._up = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        self._server.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            reset(writer)
            return
        down = asyncio.create_task(self._down(from_server, writer))
        try:
            while data := await reader.read(65_536):
                self._up += len(data)
                if self.after and self._up > self.after[0]:
                    self.after.pop(0)
                    self.cuts += 1
                    reset(writer)
                    reset(to_server)
                    return
                to_server.write(data)
                await to_server.drain()
                await asyncio.sleep(len(data) / self.pace if self.pace else 0)
        except OSError:
            pass
        finally:
            down.cancel()
            for end in (writer, to_server):
                end.transport.abort()

    @staticmethod
    async def _down(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()


@dataclass
class Sender:
    """Sends a file in pieces; after a fault it continues at the server's offset."""

    port: int
    cookie: str
    token: str = ""
    sent: int = 0  # bytes, with all of each piece that was cut
    faults: int = 0
    offsets: list[int] = field(default_factory=list)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] = NONE, body: bytes | None = None
    ) -> http.client.HTTPResponse:
        """Send one request. Raises OSError or HTTPException without an answer."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=20)
        try:
            sent = {"Cookie": self.cookie, "X-CSRFToken": self.token, "Accept": "application/json", **TUS}
            connection.request(method, path, body, {**sent, **headers})
            answer = connection.getresponse()
            answer.text = answer.read()  # type: ignore[attr-defined]
            return answer
        finally:
            connection.close()

    def repeat(self, method: str, path: str, headers: Mapping[str, str] = NONE) -> http.client.HTTPResponse:
        """Repeat a request until its answer is below 500."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if (answer := self.ask(method, path, headers)).status < 500:
                    return answer
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        raise Broken(f"{method} {path}: no answer for a minute")

    def fetch_token(self) -> None:
        """Fetch the token of forms."""
        answer = self.repeat("GET", f"/desk/live/{SLUG}/write/")
        self.token = json_of(answer)["csrf"]
        self.cookie += f"; {answer.headers['Set-Cookie'].partition(';')[0]}"

    def create(self, content: bytes) -> str:
        """Create an upload, and return its address."""
        answer = self.repeat("POST", MEDIA, {"Upload-Length": str(len(content))})
        require(answer.status == 201, f"creating it was answered {answer.status}")
        return str(answer.headers["Location"])

    def send(self, place: str, content: bytes, *, until: int | None = None) -> None:
        """Send the missing pieces, those that begin before `until`."""
        offset = self.offset(place)
        while offset < (len(content) if until is None else until):
            piece = content[offset : offset + PIECE]
            self.sent += len(piece)
            headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            try:
                answer = self.ask("PATCH", place, headers, piece)
                require(answer.status == 204, f"a piece was answered {answer.status}: {answer.reason}")
                offset += len(piece)
            except (OSError, http.client.HTTPException):
                self.faults += 1
                after = self.offset(place)
                require(offset <= after <= offset + PIECE, f"at {offset} before a fault, and at {after} after it")
                offset = after

    def offset(self, place: str) -> int:
        """Return the server's offset."""
        answer = self.repeat("HEAD", place)
        require(answer.status == 200, f"the offset was answered {answer.status}")
        return int(answer.headers["Upload-Offset"])

    def wait_until_ready(self, place: str) -> dict[str, Any]:
        """Wait until the file is ready, and return the composer's JSON of it."""
        deadline = time.monotonic() + READY_S
        while True:
            media: dict[str, Any] = json_of(self.repeat("GET", place))["media"]
            if media["state"] == "ready":
                return media
            require(media["state"] in {"waiting", "uploading"}, f"it was {media['state']}: {media['refusal']}")
            require(time.monotonic() < deadline, f"not ready within {READY_S} s")
            time.sleep(0.1)


def json_of(answer: http.client.HTTPResponse) -> dict[str, Any]:
    """Return an answer's JSON."""
    content: dict[str, Any] = json.loads(answer.text)  # type: ignore[attr-defined]
    return content


class Watch:
    """Reads every new file of media once it has its name, and later compares it with its first digest."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.first = folder, dict[Path, str]()
        self.scans = 0

    async def run(self) -> None:
        """Scan until cancelled."""
        while True:
            await asyncio.to_thread(self.scan)
            await asyncio.sleep(0.01)

    def scan(self) -> None:
        """Scan once."""
        self.scans += 1
        for path in self.folder.glob("??/*/[!.]*"):
            if path not in self.first:
                self.first[path] = _digest(path)

    def changed(self) -> list[str]:
        """Return the files that have changed since they were first seen."""
        self.scan()
        return [path.name for path, digest in self.first.items() if _digest(path) != digest]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def run(folder: Path, size: Size, seed: int) -> Figures:
    """Run it, and return its figures."""
    async with Site(folder, seed=seed) as site:
        port = await site.serve()
        cookie = (await site.people())["editor"]
        watch = Watch(site.home / "media")
        scanning = asyncio.create_task(watch.run())
        first, second = await asyncio.gather(*(asyncio.to_thread(photograph, size.megabytes) for _ in range(2)))
        step = len(first) // (size.cuts + 1)
        proxy = Cutter(port, [step * (n + 1) for n in range(size.cuts)])
        await proxy.start()
        try:
            figures = await _cut(Sender(proxy.port, cookie), proxy, first, size)
            figures |= await _killed(site, port, cookie, second)
            await _published(port, Sender(port, cookie), first, watch)
        finally:
            scanning.cancel()
            proxy.stop()
        require(not watch.changed(), f"these changed after they had a name: {watch.changed()}")
        originals = {digest for path, digest in watch.first.items() if path.name == "original"}
        require(originals == {hashlib.sha256(one).hexdigest() for one in (first, second)}, "other bytes are kept")
        return figures | {"files watched": len(watch.first), "scans": watch.scans}


async def _cut(sender: Sender, proxy: Cutter, content: bytes, size: Size) -> Figures:
    await asyncio.to_thread(sender.fetch_token)
    place = await asyncio.to_thread(sender.create, content)
    began = time.monotonic()
    await asyncio.to_thread(sender.send, place, content)
    took = time.monotonic() - began
    require(proxy.cuts == size.cuts, f"the connection was cut {proxy.cuts} times, not {size.cuts}")
    media = await asyncio.to_thread(sender.wait_until_ready, place)
    require(media["attrs"]["digest"] == hashlib.sha256(content).hexdigest(), "other bytes arrived")
    again = sender.sent - len(content)
    require(again <= proxy.cuts * PIECE, f"{again} bytes were sent twice, in {proxy.cuts} cuts")
    return {"MB": len(content) / 1e6, "cuts": proxy.cuts, "bytes sent twice": again, "seconds": round(took, 1)}


async def _killed(site: Site, port: int, cookie: str, content: bytes) -> Figures:
    proxy = Cutter(port, [], pace=len(content) / SECONDS)
    await proxy.start()
    sender = Sender(proxy.port, cookie)
    await asyncio.to_thread(sender.fetch_token)
    place = await asyncio.to_thread(sender.create, content)
    await asyncio.to_thread(lambda: sender.send(place, content, until=len(content) // 2))
    sending = asyncio.create_task(asyncio.to_thread(sender.send, place, content))
    half = site.home / "media/incoming" / place.split("/")[-2]
    await site.wait_until(lambda: _grown(half, len(content) * 3 // 5), 60, "the second half did not begin")
    site.kill(port)
    reached = half.stat().st_size
    await site.serve(port)
    proxy.pace = 0
    await sending
    require(sender.faults >= 1, "nothing was under way when the server was killed")
    site.kill(port)  # while the picture is decoded, or waits for it
    await site.serve(port)
    media = await asyncio.to_thread(sender.wait_until_ready, place)
    require(media["attrs"]["digest"] == hashlib.sha256(content).hexdigest(), "other bytes arrived after the kill")
    proxy.stop()
    again = sender.sent - len(content)
    require(again <= sender.faults * PIECE, f"{again} bytes were sent twice for {sender.faults} faults")
    return {"kills": 2, "reached when killed": reached, "sent twice after kills": again}


async def _grown(path: Path, size: int) -> bool:
    return await asyncio.to_thread(lambda: path.exists() and path.stat().st_size >= size)


async def _published(port: int, sender: Sender, content: bytes, watch: Watch) -> None:
    """Publish the picture; readers have to get it, and not before."""
    await asyncio.to_thread(sender.fetch_token)
    place = await asyncio.to_thread(sender.create, content)  # the same bytes, so the same file, ready at once
    await asyncio.to_thread(sender.send, place, content)
    media = await asyncio.to_thread(sender.wait_until_ready, place)
    attrs = {**media["attrs"], "alt": "Noise"}
    once = "a-post-with-a-picture"
    early = f"/live/{SLUG}/p/{once}/media/{media['id']}/{attrs['digest'][:8]}/640.webp"
    for path in (early, f"{MEDIA}{media['id']}/640.webp"):
        answer = await get(Where(port=port), path)
        require(answer.status in {302, 404}, f"{path} was answered {answer.status} before it was published")
    fields = {"version": 1, "do": "publish", "once": once, "title": "A picture", "body": {
        "type": "doc", "content": [{"type": "image", "attrs": attrs}]}}  # fmt: skip
    written = await asyncio.to_thread(
        sender.ask,
        "POST",
        f"/desk/live/{SLUG}/write/",
        {"Content-Type": "application/json"},
        json.dumps(fields).encode(),
    )
    require(written.status == 200, f"publishing was answered {written.status}: {json_of(written)}")
    post = json_of(written)["receipt"]["post"]
    path = f"/live/{SLUG}/p/{post}/media/{media['id']}/{attrs['digest'][:8]}/640.webp"
    page = await get(Where(port=port), f"/live/{SLUG}/p/{post}/")
    require(path.encode() in page.body, "the post's page does not show it")
    given = await get(Where(port=port), path)
    require(given.status == 200, f"{path} was answered {given.status}")
    kept = watch.folder / media["id"][:2] / media["id"] / "640.webp"
    require(given.body == kept.read_bytes(), "readers get other bytes than lie there")
