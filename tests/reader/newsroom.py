"""A small real server for the reader's script: one live blog in memory, on loopback, as delivery's contract has it.

Owns the stream, head.json, segments, page, older pages and permalinks, made by the real core and render. It can fail as
networks do: refuse streams, go dark, forget (a new epoch), render again. Never a mock: what a browser gets is bytes
over a socket. Look next: test_live.py.
"""

import asyncio
import json
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import uvicorn

from asithappened.core import body, codec, fold
from asithappened.core import events as e
from asithappened.core.providers import FRAME_ORIGINS
from asithappened.core.state import BlogState, PostState
from asithappened.delivery.documents import page_policy
from asithappened.press import finish
from asithappened.press.pages import Pages
from asithappened.press.view import Whole
from asithappened.published import assets
from asithappened.published.layout import MEDIA_SLOT, STRUCTURED_POSTS, House, with_updates
from asithappened.published.write import PartBytes
from asithappened.render import page as render_page
from asithappened.render import post as render_post
from asithappened.render.edition import edition_of
from asithappened.render.page_parts import PARTS, pager

_LIVE = {part.name for part in PARTS if part.live}

SEGMENT = 5
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CSP = page_policy("", FRAME_ORIGINS)
Send = Callable[[dict[str, Any]], Any]


def words(text: str) -> body.Doc:
    """Make a body of paragraphs, one a line."""
    doc = body.Doc(content=tuple(body.paragraph(line) for line in text.split("\n")))
    return body.with_ids(doc, seed=text)


class Newsroom:
    """One live blog and its server. Everything a test does to it happens before the call returns, but on the wire."""

    def __init__(self, opened: e.BlogOpened) -> None:
        self.epoch, self.generation, self.rendering = "e1", 1, 1
        self.facts: list[e.Fact] = []
        self.frames: list[dict[str, Any]] = []
        self.parts: dict[str, tuple[int, str]] = {}
        self.posts: dict[str, PostState] = {}
        self.blog: BlogState | None = None
        self.pages = Pages(None, ())
        self.boundaries: list[tuple[int, int]] = []
        self.streams: set[asyncio.Queue[bytes | None]] = set()
        self.refusing_streams = self.dark = self.losing = False
        self.ticket = b""  # a cookie without which everything is hidden
        self.caching = b"no-cache"  # of its pages
        self.stalled = ""  # a path that is asked for in vain
        self.requests: list[str] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self.add(opened)

    # --- what happens

    @property
    def now(self) -> BlogState:
        """The blog as it is."""
        assert self.blog is not None
        return self.blog

    @property
    def at(self) -> datetime:
        """The time of the next event: a minute after the last."""
        return NOON + timedelta(minutes=len(self.facts))

    def add(self, event: e.Event, origin: e.Origin = e.Origin.LIVE) -> int:
        """Make an event a fact, and send it to whoever listens."""
        seq = len(self.facts) + 1
        fact = fold.in_envelope(event, epoch=self.epoch, seq=seq, at=self.at, origin=origin)
        codec.encode(event)
        post = fact.post
        before = self.posts.get(post)
        after = fold.apply(before, fact)
        self.blog = fold.apply_blog(self.blog, fact, before, after)
        if after is not None:
            self.posts[post] = after
            self.pages.feed(after)
            self.boundaries = [self.pages.filled[n] for n in sorted(self.pages.filled)]
        frame: dict[str, Any] = {"s": seq, "t": fact.at.isoformat(), "k": fact.kind}
        if after is not None and after.visible and not isinstance(event, e.PostPinned | e.PostUnpinned):
            frame["ops"] = [{"op": "put", "post": post, "html": self._fragment(after)}]
        elif after is not None and before is not None and before.visible and not after.visible:
            frame["ops"] = [{"op": "drop", "post": post}]
            for earlier in self.facts:
                if earlier.post == post:
                    self.frames[earlier.seq - 1] = {"s": earlier.seq}
            self.generation += 1
        self.facts.append(fact)
        self.say(frame)
        return seq

    def publish(self, post: str, title: str = "", text: str = "", **more: Any) -> int:
        """Publish a post of plain paragraphs."""
        more.setdefault("published_at", self.at)
        return self.add(e.PostPublished(post=post, title=title, body=words(text or f"Text of {post}."), **more))

    def revise(self, post: str, title: str = "", text: str = "", **more: Any) -> int:
        """Edit a post, leaving it where it stands."""
        was = self.posts[post]
        new = e.PostRevised(
            post=post, title=title, body=words(text), kind=was.kind, published_at=was.published_at, **more
        )
        return self.add(new)

    def restore(self, post: str) -> int:
        """Publish a withdrawn post again, where it stood."""
        was = self.posts[post]
        return self.add(e.PostPublished(post=post, title=was.title, body=was.body, published_at=was.published_at))

    def say(self, frame: dict[str, Any]) -> None:
        """Send a frame, and the parts that it changes."""
        self.frames.append(frame)
        changed = []
        for name, html in self._parts().items():
            if name not in self.parts or self.parts[name][1] != html:
                self.parts[name] = (frame["s"], html)
                if name in _LIVE:
                    changed.append({"n": name, "s": frame["s"], "h": html})
        if not self.losing:
            self._send(self._frame_text(frame) + "".join(_event("part", part) for part in changed))

    def repeat(self, seq: int) -> None:
        """Send a frame a second time, and the headline as it was then."""
        self._send(self._frame_text(self.frames[seq - 1]) + _event("part", {"n": "headline", "s": seq, "h": "Old"}))

    def add_unknown(self, ops: list[dict[str, str]]) -> None:
        """Send a frame of a kind and with ops from the future."""
        self.facts.append(
            e.Fact(epoch=self.epoch, seq=len(self.facts) + 1, at=self.at, origin=e.Origin.LIVE, kind="x.y", version=1)
        )
        self.say({"s": len(self.facts), "k": "x.y", "ops": ops})

    def add_unknown_part(self, name: str, html: str) -> None:
        """Send a part that was contributed after the open pages were loaded."""
        self._send(_event("part", {"n": name, "s": len(self.facts) + 1, "h": html}))

    def _parts(self) -> dict[str, str]:
        view = Whole(1, self.now, self.posts, self.facts, self.pages)
        made = finish.parts(view, None)
        pieces = [render_post.update(view.edition, post) for post in self.visible()[:STRUCTURED_POSTS]]
        made["jsonld"] = PartBytes(data=with_updates(made["jsonld"].data, pieces), live=False)
        return {name: part.data.decode() for name, part in made.items()}

    def visible(self) -> list[PostState]:
        """Return what readers may have, newest first."""
        return sorted((p for p in self.posts.values() if p.visible), key=lambda p: p.order, reverse=True)

    # --- how networks fail

    def forget(self) -> None:
        """Come back from a backup: another life of the same log."""
        self.epoch += "x"
        self._send(_event("reset", self._hello()))

    def render_again(self) -> None:
        """Raise the render generation, as a new version of the program does."""
        self.rendering += 1
        self._send(_event("reset", self._hello()))

    def go_dark(self) -> None:
        """End every stream and answer nothing but 503."""
        self.dark = True
        self.end_streams()

    def end_streams(self) -> None:
        """End every stream, as a deploy does."""
        self._call(lambda: [queue.put_nowait(None) for queue in self.streams])

    def beat(self) -> None:
        """Say to every stream that it is alive, as delivery does when nothing was said for 15 s."""
        self._send(_event("beat", {}))

    # --- the wire

    def _hello(self) -> dict[str, Any]:
        return {"epoch": self.epoch, "head": len(self.facts), "g": self.generation, "r": self.rendering}

    def _frame_text(self, frame: dict[str, Any]) -> str:
        return f"id: {self.epoch}-{frame['s']}\ndata: {json.dumps(frame)}\n\n"

    def _send(self, text: str) -> None:
        self._call(lambda: [queue.put_nowait(text.encode()) for queue in self.streams])

    def _call(self, action: Callable[[], Any]) -> None:
        if self._loop:
            self._loop.call_soon_threadsafe(action)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        """Answer one request."""
        path = scope["path"]
        if path.startswith("/static/"):
            found = assets.files().get(path.removeprefix("/static/"))
            await _answer(send, *(found[:2] if found else (b"", "text/plain", 404)))
            return
        self.requests.append(path)
        base = f"/live/{self.now.slug}/"
        if self.ticket and self.ticket not in dict(scope["headers"]).get(b"cookie", b""):
            await _answer(send, b"not here", "text/plain", 404)
        elif self.dark or (path == base + "stream" and self.refusing_streams):
            await _answer(send, b"busy", "text/plain", 503)
        elif path == self.stalled:
            while (await receive())["type"] != "http.disconnect":
                pass
        elif path == base + "stream":
            await self._stream(receive, send)
        elif path == base + "log/head.json":
            await _answer(send, json.dumps(self._head()).encode(), "application/json")
        elif found := re.fullmatch(re.escape(base) + r"log/(\w+)/(\d+)-(\d+)\.json", path):
            n, current = int(found[2]), found[1] == self.epoch and found[3] == str(self.generation)
            frames = self.frames[n * SEGMENT : (n + 1) * SEGMENT]
            segment = {"epoch": self.epoch, "n": n, "g": self.generation, "frames": frames}
            await _answer(send, json.dumps(segment).encode(), "application/json", 200 if current else 410)
        else:
            html = self.document(path.removeprefix(base))
            await _answer(send, html or b"not here", "text/html; charset=utf-8", 200 if html else 404, self.caching)

    def _head(self) -> dict[str, Any]:
        closed = len(self.frames) // SEGMENT
        return self._hello() | {
            "status": self.now.status.value,
            "poll": 2,
            "segment": SEGMENT,
            "segments": [self.generation] * closed,
            "frames": self.frames[closed * SEGMENT :],
            "parts": [{"n": n, "s": s, "h": h} for n, (s, h) in self.parts.items() if n in _LIVE],
        }

    async def _stream(self, receive: Any, send: Send) -> None:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")],
            }
        )
        queue.put_nowait(_event("hello", self._hello()).encode())
        self.streams.add(queue)
        gone = asyncio.create_task(_disconnected(receive, queue))
        try:
            while (data := await queue.get()) is not None:
                await send({"type": "http.response.body", "body": data, "more_body": True})
        finally:
            self.streams.discard(queue)
            gone.cancel()
        await send({"type": "http.response.body", "body": b""})

    # --- documents

    def document(self, path: str) -> bytes:
        """Compose a page of the blog, as delivery does: a layout with its slots filled."""
        slots = {name: html for name, (_, html) in self.parts.items()}
        slots["state"] = f"{self.epoch} {len(self.facts)} {self.generation} {self.rendering}"
        posts = self.visible()
        newest = len(self.boundaries)
        if path == "":
            layout = "page"
            shown = [p for p in posts if not newest or p.order > self.boundaries[-1]]
        elif found := re.fullmatch(r"page/(\d+)/", path):
            layout, number = "older", int(found[1])
            if not 1 <= number <= newest:
                return b""
            below = self.boundaries[number - 2] if number > 1 else (-1, -1)
            shown = [p for p in posts if below < p.order <= self.boundaries[number - 1]]
            slots["number"] = str(number)
            slots["pager"] = pager(edition_of(self.now), number=number, newest_page=newest).decode()
        elif found := re.fullmatch(r"p/([\w-]+)/", path):
            if found[1] not in self.posts:
                return b""
            post = self.posts[found[1]]
            slots["state"] = f"{self.epoch} {post.last_seq} {self.generation} {self.rendering}"
            if not post.visible:
                slots["withdrawn"] = render_post.withdrawn(edition_of(self.now), post).decode()
                return self._filled("withdrawn", slots)
            revisions = [fact for fact in self.facts if fact.post == post.id]
            slots |= {
                "post": self._fragment(post),
                "card": render_post.card(edition_of(self.now), post).decode(),
                "history": render_post.history(edition_of(self.now), post, revisions).decode(),
                "place": f"/live/{self.now.slug}/#p-{post.id}",
            }
            return self._filled("post", slots)
        else:
            return b""
        slots["posts"] = "".join(map(self._fragment, shown))
        return self._filled(layout, slots)

    def _fragment(self, post: PostState) -> str:
        """Return a post with its pictures at this very address, as delivery sends it in pages and frames."""
        return render_post.fragment(edition_of(self.now), post).decode().replace(MEDIA_SLOT, "")

    def _filled(self, layout: str, slots: dict[str, str]) -> bytes:
        html = render_page.layouts(render_page.shell_of(self.now))[layout].decode()
        return House().filled(re.sub(r"<!--slot:(\w+)-->", lambda found: slots[found[1]], html).encode())

    # --- the server's life

    def serve(self) -> "Serving":
        """Return the running server as a context manager."""
        return Serving(self)


class Serving:
    """Newsrooms' server in a thread of its own, on a free port of loopback; `newsroom` is the first."""

    def __init__(self, *newsrooms: Newsroom) -> None:
        self.newsrooms, self.newsroom = newsrooms, newsrooms[0]
        config = uvicorn.Config(self, host="127.0.0.1", port=0, log_level="error", lifespan="off", http="h11")
        self.server = uvicorn.Server(config)
        self.ready = threading.Event()
        self.url = ""

    def __enter__(self) -> "Serving":
        self.thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self.thread.start()
        assert self.ready.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        for newsroom in self.newsrooms:
            newsroom.end_streams()
        self.server.should_exit = True
        self.thread.join(20)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        """Have the newsroom answer whose blog is asked for."""
        named = (n for n in self.newsrooms if scope["path"].startswith(f"/live/{n.now.slug}/"))
        await next(named, self.newsroom)(scope, receive, send)

    def page_of(self, newsroom: Newsroom) -> str:
        """Return the address of a newsroom's blog."""
        return self.url.replace(f"/live/{self.newsroom.now.slug}/", f"/live/{newsroom.now.slug}/")

    async def _run(self) -> None:
        for newsroom in self.newsrooms:
            newsroom._loop = asyncio.get_running_loop()
        serving = asyncio.create_task(self.server.serve())
        while not self.server.started:  # noqa: ASYNC110 (uvicorn has no event for it)
            await asyncio.sleep(0.01)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/live/{self.newsroom.now.slug}/"
        self.ready.set()
        await serving
        for newsroom in self.newsrooms:
            newsroom._loop = None


def _event(kind: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n"


async def _disconnected(receive: Any, queue: asyncio.Queue[bytes | None]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    queue.put_nowait(None)


async def _answer(send: Send, content: bytes, kind: str, status: int = 200, caching: bytes = b"no-cache") -> None:
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", caching),
        (b"content-security-policy", CSP),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
