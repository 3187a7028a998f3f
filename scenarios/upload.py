"""Scenario 12, a picture from a bridge: the line is cut, the server killed, and nothing of it lost or public early.

An editor sends a JPEG of 30 MB by the desk's protocol, through a proxy that breaks the connection in the midst of a
piece, three times; then another, while the server is killed (-9) in the midst of it and once more while it is decoded.
Pass: every byte arrives, no more than a piece is sent twice for each fault, and no file under media has a name before
it is whole: whatever is first seen there never changes. Then it is published, and readers get what lies there.
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
SECONDS: Final = 8.0  # that the picture takes during which the server is killed
MEDIA: Final = f"/desk/live/{SLUG}/media/"
TUS: Final = {"Tus-Resumable": "1.0.0"}
NONE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large a picture is, in megabytes, and how often the line is cut."""

    megabytes: int
    cuts: int


CI = Size(megabytes=30, cuts=3)
FULL = Size(megabytes=60, cuts=40)
TINY = Size(megabytes=4, cuts=1)


class Cutter:
    """A line to a server that breaks, with RST, when so many bytes have gone up it. `pace`: bytes a second, if any."""

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
    """Who sends a file in pieces, and goes on where the server says after each fault."""

    port: int
    cookie: str
    token: str = ""
    sent: int = 0  # bytes, whole pieces that were cut included
    faults: int = 0
    offsets: list[int] = field(default_factory=list)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] = NONE, body: bytes | None = None
    ) -> http.client.HTTPResponse:
        """Ask once. Raises OSError or HTTPException where there is no answer."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=20)
        try:
            given = {"Cookie": self.cookie, "X-CSRFToken": self.token, "Accept": "application/json", **TUS}
            connection.request(method, path, body, {**given, **headers})
            answer = connection.getresponse()
            answer.text = answer.read()  # type: ignore[attr-defined]
            return answer
        finally:
            connection.close()

    def insist(self, method: str, path: str, headers: Mapping[str, str] = NONE) -> http.client.HTTPResponse:
        """Ask until there is an answer that is no fault."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if (answer := self.ask(method, path, headers)).status < 500:
                    return answer
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        raise Broken(f"{method} {path}: no answer for a minute")

    def enter(self) -> None:
        """Fetch a token."""
        answer = self.insist("GET", f"/desk/live/{SLUG}/write/")
        self.token = told(answer)["csrf"]
        self.cookie += f"; {answer.headers['Set-Cookie'].partition(';')[0]}"

    def begin(self, content: bytes) -> str:
        """Begin, and return where the file is."""
        answer = self.insist("POST", MEDIA, {"Upload-Length": str(len(content))})
        require(answer.status == 201, f"beginning was answered {answer.status}")
        return str(answer.headers["Location"])

    def send(self, place: str, content: bytes, *, until: int | None = None) -> None:
        """Send what is missing, up to a piece that begins at or after `until`."""
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
                there = self.offset(place)
                require(offset <= there <= offset + PIECE, f"at {offset} before a fault, and at {there} after it")
                offset = there

    def offset(self, place: str) -> int:
        """Ask how far it is."""
        answer = self.insist("HEAD", place)
        require(answer.status == 200, f"how far it is was answered {answer.status}")
        return int(answer.headers["Upload-Offset"])

    def ready(self, place: str) -> dict[str, Any]:
        """Wait until it is ready, and return what a composer is told."""
        deadline = time.monotonic() + READY_S
        while True:
            media: dict[str, Any] = told(self.insist("GET", place))["media"]
            if media["state"] == "ready":
                return media
            require(media["state"] in {"waiting", "uploading"}, f"it was {media['state']}: {media['refusal']}")
            require(time.monotonic() < deadline, f"not ready within {READY_S} s")
            time.sleep(0.1)


def told(answer: http.client.HTTPResponse) -> dict[str, Any]:
    """Return an answer's JSON."""
    said: dict[str, Any] = json.loads(answer.text)  # type: ignore[attr-defined]
    return said


class Watch:
    """Looks at every file of media that has a name, again and again, and remembers what it was when first seen."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.first = folder, dict[Path, str]()
        self.looks = 0

    async def look(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.to_thread(self.once)
            await asyncio.sleep(0.01)

    def once(self) -> None:
        """Look once."""
        self.looks += 1
        for path in self.folder.glob("??/*/[!.]*"):
            if path not in self.first:
                self.first[path] = _digest(path)

    def changed(self) -> list[str]:
        """Return the files that are not what they were when they were first seen."""
        self.once()
        return [path.name for path, digest in self.first.items() if _digest(path) != digest]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def run(folder: Path, size: Size, seed: int) -> Figures:
    """Run it, and return figures."""
    async with Site(folder, seed=seed) as site:
        port = await site.serve()
        cookie = (await site.people())["editor"]
        watch = Watch(site.home / "media")
        looking = asyncio.create_task(watch.look())
        first, second = await asyncio.gather(*(asyncio.to_thread(photograph, size.megabytes) for _ in range(2)))
        step = len(first) // (size.cuts + 1)
        line = Cutter(port, [step * (n + 1) for n in range(size.cuts)])
        await line.start()
        try:
            figures = await _cut(Sender(line.port, cookie), line, first, size)
            figures |= await _killed(site, port, cookie, second)
            await _published(port, Sender(port, cookie), first, watch)
        finally:
            looking.cancel()
            line.stop()
        require(not watch.changed(), f"these changed after they had a name: {watch.changed()}")
        originals = {digest for path, digest in watch.first.items() if path.name == "original"}
        require(originals == {hashlib.sha256(one).hexdigest() for one in (first, second)}, "other bytes are kept")
        return figures | {"files watched": len(watch.first), "looks": watch.looks}


async def _cut(sender: Sender, line: Cutter, content: bytes, size: Size) -> Figures:
    await asyncio.to_thread(sender.enter)
    place = await asyncio.to_thread(sender.begin, content)
    began = time.monotonic()
    await asyncio.to_thread(sender.send, place, content)
    took = time.monotonic() - began
    require(line.cuts == size.cuts, f"the line was cut {line.cuts} times, not {size.cuts}")
    media = await asyncio.to_thread(sender.ready, place)
    require(media["attrs"]["digest"] == hashlib.sha256(content).hexdigest(), "other bytes arrived")
    again = sender.sent - len(content)
    require(again <= line.cuts * PIECE, f"{again} bytes were sent twice, in {line.cuts} cuts")
    return {"MB": len(content) / 1e6, "cuts": line.cuts, "bytes sent twice": again, "seconds": round(took, 1)}


async def _killed(site: Site, port: int, cookie: str, content: bytes) -> Figures:
    line = Cutter(port, [], pace=len(content) / SECONDS)
    await line.start()
    sender = Sender(line.port, cookie)
    await asyncio.to_thread(sender.enter)
    place = await asyncio.to_thread(sender.begin, content)
    await asyncio.to_thread(lambda: sender.send(place, content, until=len(content) // 2))
    sending = asyncio.create_task(asyncio.to_thread(sender.send, place, content))
    half = site.home / "media/incoming" / place.split("/")[-2]
    await site.until(lambda: _grown(half, len(content) * 3 // 5), 60, "the second half did not begin")
    site.kill(port)
    reached = half.stat().st_size
    await site.serve(port)
    line.pace = 0
    await sending
    require(sender.faults >= 1, "nothing was under way when the server was killed")
    site.kill(port)  # while it is decoded, or waits to be
    await site.serve(port)
    media = await asyncio.to_thread(sender.ready, place)
    require(media["attrs"]["digest"] == hashlib.sha256(content).hexdigest(), "other bytes arrived after the kill")
    line.stop()
    again = sender.sent - len(content)
    require(again <= sender.faults * PIECE, f"{again} bytes were sent twice for {sender.faults} faults")
    return {"kills": 2, "reached when killed": reached, "sent twice after kills": again}


async def _grown(path: Path, size: int) -> bool:
    return await asyncio.to_thread(lambda: path.exists() and path.stat().st_size >= size)


async def _published(port: int, sender: Sender, content: bytes, watch: Watch) -> None:
    """Publish it, and see that readers get it, and did not before."""
    await asyncio.to_thread(sender.enter)
    place = await asyncio.to_thread(sender.begin, content)  # the same bytes: one file, at once
    await asyncio.to_thread(sender.send, place, content)
    media = await asyncio.to_thread(sender.ready, place)
    attrs = {**media["attrs"], "alt": "Noise"}
    once = "a-post-with-a-picture"
    early = f"/live/{SLUG}/p/{once}/media/{media['id']}/{attrs['digest'][:8]}/640.webp"
    for path in (early, f"{MEDIA}{media['id']}/640.webp"):
        answer = await get(Where(port=port), path)
        require(answer.status in {302, 404}, f"{path} was answered {answer.status} before it was published")
    said = {"version": 1, "do": "publish", "once": once, "title": "A picture", "body": {
        "type": "doc", "content": [{"type": "image", "attrs": attrs}]}}  # fmt: skip
    written = await asyncio.to_thread(
        sender.ask, "POST", f"/desk/live/{SLUG}/write/", {"Content-Type": "application/json"}, json.dumps(said).encode()
    )
    require(written.status == 200, f"publishing was answered {written.status}: {told(written)}")
    post = told(written)["receipt"]["post"]
    path = f"/live/{SLUG}/p/{post}/media/{media['id']}/{attrs['digest'][:8]}/640.webp"
    page = await get(Where(port=port), f"/live/{SLUG}/p/{post}/")
    require(path.encode() in page.body, "the post's page does not show it")
    given = await get(Where(port=port), path)
    require(given.status == 200, f"{path} was answered {given.status}")
    kept = watch.folder / media["id"][:2] / media["id"] / "640.webp"
    require(given.body == kept.read_bytes(), "readers get other bytes than lie there")
