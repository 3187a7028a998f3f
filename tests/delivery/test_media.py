"""Pictures and films as readers get them: as long as a visible post shows them, whole or in parts, on every lane."""

import errno
import hashlib
import itertools
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Literal

import pytest
from django.conf import settings

from asithappened.core import body, media
from asithappened.core import events as e
from asithappened.delivery import documents, media_files
from asithappened.published import tickets
from tests.delivery.client import request
from tests.delivery.conftest import KEY
from tests.delivery.newsroom import AT, Blog
from tests.delivery.serving import InProcess, Served, until

Anywhere = Served | InProcess
_numbers = itertools.count(1)
WIDTH, HEIGHT = 700, 500
LARGE = 2 * media_files.OPEN_FROM


class Picture:
    """A picture that was taken in: its files lie where the server looks for them, each of other bytes."""

    def __init__(self, served: Served, *, kind: Literal["", "video/mp4"] = "", size: int = 3_000) -> None:
        self.id = f"pic{next(_numbers):05d}"
        self.digest = hashlib.sha256(self.id.encode()).hexdigest()
        self.kind = kind
        self.files = {}
        for name in (media.FILES[kind],) if kind else (*media.files(WIDTH), media.ORIGINAL):
            path = served.media / media.path(self.id, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            self.files[name] = f"{self.id} {name} ".encode() * (size // 20)
            path.write_bytes(self.files[name])

    def post(self, id_: str, *, digest: str = "") -> e.PostPublished:
        """Return a post that shows it."""
        return e.PostPublished(post=id_, title="Seen", body=self._body(id_, digest or self.digest), published_at=AT)

    def _body(self, id_: str, digest: str) -> body.Doc:
        shown: body.Block
        if self.kind:
            shown = body.Video(attrs=body.MediaAttrs(media=self.id, digest=digest, kind=self.kind))
        else:
            attrs = body.ImageAttrs(media=self.id, digest=digest, alt="A quay", width=WIDTH, height=HEIGHT)
            shown = body.Image(attrs=attrs)
        return body.with_ids(body.Doc(content=(shown,)), seed=id_)

    def path(self, blog: Blog, post: str, name: str, *, digest: str = "") -> str:
        """Return the address of one of its files below a post."""
        return blog.path(f"p/{post}/media/{self.id}/{(digest or self.digest)[:8]}/{name}")


@pytest.fixture
def picture(lanes: dict[str, Served], blog: Blog) -> Picture:
    """Return a picture that the blog's post `seen` shows, large enough for the fast lane to send it from its file."""
    found = Picture(lanes["fast"], size=LARGE)
    blog.publish(found.post("seen"))
    return found


@pytest.mark.both
def test_every_file_of_a_picture_is_served_with_its_type_and_may_do_nothing(
    anywhere: Anywhere, blog: Blog, picture: Picture
) -> None:
    for name in media.files(WIDTH):
        answer = anywhere.warm(picture.path(blog, "seen", name))
        assert (answer.status, answer.raw) == (200, picture.files[name])
        assert answer["content-type"] == media.media_type(name)
        assert answer["cache-control"] == "public, max-age=300"
        assert answer["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer["x-content-type-options"] == "nosniff"
        assert (answer["accept-ranges"], answer["set-cookie"], answer["vary"]) == ("bytes", "", "")


def test_the_page_names_the_very_addresses_that_are_served(anywhere: Anywhere, blog: Blog, picture: Picture) -> None:
    page = anywhere.warm(blog.path()).body.decode()
    for source in (page, anywhere.warm(blog.path("log/head.json")).json["frames"][-1]["ops"][0]["html"]):
        named = set(re.findall(r"http://localhost:8000(/live/[^\s\"]+/media/[^\s\"]+)", source))
        assert {path.rpartition("/")[2] for path in named} == set(media.files(WIDTH))
        assert all(anywhere.get(path).status == 200 for path in named)
        assert "<!--house" not in source


def nothing(anywhere: Anywhere, path: str) -> bool:
    """Say whether an address gets the same 404 as an unknown one."""
    answer, never = anywhere.get(path), anywhere.get("/live/never-was/")
    return (answer.status, answer.raw) == (404, never.raw) == (never.status, answer.raw)


def test_what_no_post_shows_is_not_there(
    anywhere: Anywhere, lanes: dict[str, Served], blog: Blog, picture: Picture
) -> None:
    waiting, name = Picture(lanes["fast"]), "640.webp"
    for path in (
        waiting.path(blog, "seen", name),  # on the disk, in no post
        picture.path(blog, "p1", name),  # below another post
        picture.path(blog, "never", name),
        picture.path(blog, "seen", name, digest="0" * 64),
        picture.path(blog, "seen", media.ORIGINAL),
        picture.path(blog, "seen", "..%2f640.webp"),
        picture.path(Blog.opened(posts=1), "seen", name),
    ):
        assert nothing(anywhere, path), path


WAYS = ("withdrawn", "erased", "edited out", "replaced", "hidden", "taken down")


@pytest.mark.both
@pytest.mark.parametrize("how", WAYS)
def test_a_picture_taken_back_is_served_to_nobody_from_that_moment_on(
    lanes: dict[str, Served], blog: Blog, picture: Picture, how: str
) -> None:
    path = picture.path(blog, "seen", "640.webp")
    opened = {lane: served.connect() for lane, served in lanes.items()}
    for connection in opened.values():
        assert [connection.ask(request(path)).status for _ in range(3)] == [200, 200, 200]
    seq = blog.head
    match how:
        case "withdrawn":
            blog.publish(e.PostWithdrawn(post="seen"))
        case "erased":
            blog.publish(e.PayloadErased(of=e.post("seen"), seqs=(seq,), whole=True))
        case "edited out":
            blog.publish(blog.revision("seen", "Without it."))
        case "replaced":
            was = picture.post("seen", digest="f" * 64)
            blog.publish(e.PostRevised(post="seen", title="Seen", body=was.body, published_at=AT))
        case "hidden":
            blog.publish(e.AudienceSet(audience=e.Audience.MEMBERS))
        case _:
            blog.publish(e.BlogTakenDown())
    for lane, connection in opened.items():
        assert connection.ask(request(path)).status == (410 if how == "taken down" else 404), lane
    if how == "withdrawn":
        blog.publish(picture.post("seen"))
        assert [connection.ask(request(path)).status for connection in opened.values()] == [200] * len(opened)


@pytest.mark.both
def test_a_renamed_blog_leads_its_pictures_on(anywhere: Anywhere, blog: Blog, picture: Picture) -> None:
    path = picture.path(blog, "seen", "640.webp")
    blog.publish(e.BlogRenamed(slug=f"{blog.slug}-now"))
    assert (anywhere.get(path).status, anywhere.get(path)["location"]) == (
        308, path.replace(f"/{blog.slug}/", f"/{blog.slug}-now/")
    )  # fmt: skip
    assert anywhere.get(anywhere.get(path)["location"]).status == 200


@pytest.mark.both
def test_members_see_their_pictures_with_their_ticket_and_no_cache_keeps_them(
    anywhere: Anywhere, lanes: dict[str, Served]
) -> None:
    blog, picture = Blog.opened(audience=e.Audience.MEMBERS), Picture(lanes["fast"])
    blog.publish(picture.post("seen"))
    path = picture.path(blog, "seen", "640.webp")
    ticket = tickets.sign(KEY, blog.id, int(time.time()) + 60, "ines")
    answer = anywhere.warm(path, cookie=f"asithappened_ticket={ticket}")
    assert (answer.status, answer["cache-control"]) == (200, "private, no-store")
    assert answer["access-control-allow-origin"] == ""
    assert nothing(anywhere, path)


def test_what_no_reader_may_have_is_the_desks_to_show(database: Path | str, blog: Blog, picture: Picture) -> None:
    path = picture.path(blog, "seen", "640.webp")
    blog.publish(e.PostWithdrawn(post="seen"))
    served = Served("fast", database, Path(settings.DOORBELLS), KEY, session_cookie="session").start()
    try:
        assert served.get(path, cookie="session=ada").raw == b"desk GET 0"
        assert served.get(path, cookie="another=ada").status == 404
        assert served.get(path).status == 404
    finally:
        served.stop()


def test_a_file_that_is_not_on_this_disk_is_asked_for_behind(
    lanes: dict[str, Served], blog: Blog, picture: Picture
) -> None:
    path = picture.path(blog, "seen", "640.webp")
    (lanes["fast"].media / media.path(picture.id, "640.webp")).unlink()
    for served in lanes.values():
        assert served.get(path).raw == b"desk GET 0"


# --- parts


@pytest.mark.both
def test_a_part_of_a_picture_is_given_alone(anywhere: Anywhere, blog: Blog, picture: Picture) -> None:
    path, whole = picture.path(blog, "seen", "640.webp"), picture.files["640.webp"]
    size = len(whole)
    for asked, start, stop in (
        ("bytes=0-9", 0, 10),
        ("bytes=10-", 10, size),
        ("bytes=-7", size - 7, size),
        (f"bytes=5-{size + 100}", 5, size),
        (f"bytes=-{size + 9}", 0, size),
    ):
        answer = anywhere.get(path, range=asked)
        assert (answer.status, answer.raw) == (206, whole[start:stop]), asked
        assert answer["content-range"] == f"bytes {start}-{stop - 1}/{size}"
    for none in (f"bytes={size}-", "bytes=-0"):
        answer = anywhere.get(path, range=none)
        assert (answer.status, answer["content-range"], answer.raw) == (416, f"bytes */{size}", b"")
    for ignored in ("bytes=0-1,3-4", "bytes=9-2", "lines=1-2", "bytes=a-", "bytes=-"):
        assert anywhere.get(path, range=ignored).status == 200


@pytest.mark.both
def test_an_etag_answers_304_and_guards_a_part(anywhere: Anywhere, blog: Blog, picture: Picture) -> None:
    path = picture.path(blog, "seen", "640.webp")
    etag = anywhere.warm(path)["etag"]
    assert etag.startswith('"')
    assert (anywhere.warm(path, if_none_match=etag).status, anywhere.get(path, if_none_match=etag).raw) == (304, b"")
    assert anywhere.get(path, range="bytes=0-3", if_range=etag).status == 206
    assert anywhere.get(path, range="bytes=0-3", if_range='"another"').status == 200
    assert anywhere.get(path, range="bytes=0-3", if_none_match=etag).status == 304


def test_head_says_what_get_would_without_the_bytes(lanes: dict[str, Served], blog: Blog, picture: Picture) -> None:
    for served in lanes.values():
        with served.connect() as connection:
            connection.sock.sendall(request(picture.path(blog, "seen", "640.webp"), method="HEAD", connection="close"))
            raw = b"".join(iter(lambda: connection.sock.recv(65536), b""))
        head, _, rest = raw.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        assert b"content-length: %d" % len(picture.files["640.webp"]) in head.lower()
        assert rest == b""


def test_a_picture_comes_whole_however_slowly_it_is_read_and_what_follows_it_follows(
    lanes: dict[str, Served], blog: Blog
) -> None:
    large = Picture(lanes["fast"], size=media_files.SMALL_BYTES)
    blog.publish(large.post("large"))
    path, small = large.path(blog, "large", "640.webp"), blog.path("log/head.json")
    for served in lanes.values():
        served.warm(path)
        served.warm(small)
        with served.connect() as connection:
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
            for asked in (path, small, path):
                connection.sock.sendall(request(asked))  # before anything is read: the second waits behind the first
            answers = connection.answers(3)
        assert [answer.raw for answer in answers] == [large.files["640.webp"], answers[1].body, large.files["640.webp"]]
        assert answers[1].json["epoch"] == blog.epoch


@pytest.mark.skipif(not hasattr(socket, "MSG_MORE"), reason="this system's kernel sends no file behind a head")
def test_the_kernel_sends_a_picture_and_what_it_does_not_send_comes_from_memory(
    lanes: dict[str, Served], blog: Blog, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    served, name = lanes["fast"], "640.webp"
    path, whole = picture.path(blog, "seen", name), picture.files[name]
    took: list[int] = []

    def sends(out: int, file: int, at: int, count: int) -> int:
        took.append(sendfile(out, file, at, count))
        return took[-1]

    sendfile = os.sendfile
    monkeypatch.setattr(os, "sendfile", sends)

    def answers() -> bool:
        assert served.get(path).raw == whole
        return took[-1:] == [sent]

    sent = len(whole)
    until(answers)
    on_disk = served.media / media.path(picture.id, name)
    for sent in (10_000, 0):
        os.truncate(on_disk, sent)
        until(answers)

    def fails(*_: int) -> int:
        took.append(-1)
        raise OSError(errno.EINVAL, "not from this file system")

    monkeypatch.setattr(os, "sendfile", fails)
    sent = -1
    until(answers)


def test_files_that_are_held_open_are_few_and_closed_with_what_they_are_of(
    lanes: dict[str, Served], blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = lanes["fast"]
    pictures = [Picture(served, size=LARGE) for _ in range(12)]
    blog.publish(*(one.post(f"many{n}") for n, one in enumerate(pictures)))
    monkeypatch.setattr(served.site.cache.media, "most", 5 * documents.OPEN_BYTES)
    folders = [f"/{one.id}/" for one in pictures]

    def held() -> int:
        links = [os.path.realpath(link) for link in Path("/proc/self/fd").iterdir()]
        return sum(folder in link for folder in folders for link in links)

    for _ in range(2):  # the second time, of a file that is open no more
        for n, one in enumerate(pictures):
            assert served.warm(one.path(blog, f"many{n}", "640.webp")).raw == one.files["640.webp"]
            assert served.do(held) <= 5
    assert served.do(held) == 5
    blog.publish(*(e.PostWithdrawn(post=f"many{n}") for n in range(12)))
    assert served.get(pictures[-1].path(blog, "many11", "640.webp")).status == 404
    assert served.do(held) == 0


# --- films


@pytest.fixture
def film(lanes: dict[str, Served], blog: Blog) -> Picture:
    """Return a film that is too large to be kept in memory, in the blog's post `film`."""
    found = Picture(lanes["fast"], kind="video/mp4", size=media_files.SMALL_BYTES + 16_000_000)
    blog.publish(found.post("film"))
    return found


def _kept(served: Served) -> int:
    return served.site.cache.media.bytes


def _sends(served: Served, films: int) -> bool:
    return served.delivery.media._admission.open == films


def test_a_film_is_sent_whole_and_in_parts_and_never_kept(
    anywhere: Anywhere, lanes: dict[str, Served], blog: Blog, film: Picture
) -> None:
    path, whole = film.path(blog, "film", "video.mp4"), film.files["video.mp4"]
    kept = {lane: served.do(partial(_kept, served)) for lane, served in lanes.items()}
    answer = anywhere.warm(path)
    assert (answer.status, answer["content-type"], answer["accept-ranges"]) == (200, "video/mp4", "bytes")
    assert answer.raw == whole
    part = anywhere.get(path, range="bytes=2000000-2999999")
    assert (part.status, part.raw) == (206, whole[2_000_000:3_000_000])
    assert anywhere.get(path, if_none_match=answer["etag"]).status == 304
    for served in lanes.values():
        assert served.do(partial(_kept, served)) == kept[served.lane]
        assert served.delivery.media._admission.open == 0


def _pieces(wire: socket.socket) -> Iterator[bytes]:
    """Yield what still comes, however it ends."""
    with suppress(ConnectionResetError):
        yield from iter(lambda: wire.recv(1 << 16), b"")


def test_a_film_that_is_taken_back_while_it_is_sent_ends_there(
    lanes: dict[str, Served], blog: Blog, film: Picture
) -> None:
    path = film.path(blog, "film", "video.mp4")
    for served in lanes.values():
        with served.connect() as connection:
            connection.sock.sendall(request(path))
            until(partial(_sends, served, 1))
            blog.publish(e.PostWithdrawn(post="film"))
            got = sum(map(len, _pieces(connection.sock)))
        assert got < len(film.files["video.mp4"])
        until(partial(_sends, served, 0))
        blog.publish(film.post("film"))


def test_so_many_films_are_sent_at_once_and_no_more(
    lanes: dict[str, Served], blog: Blog, film: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, served = film.path(blog, "film", "video.mp4"), lanes["fast"]
    monkeypatch.setattr(served.delivery.media._admission, "total", 2)
    slow = [served.connect() for _ in range(2)]
    for connection in slow:
        connection.sock.sendall(request(path))
    until(lambda: served.delivery.media._admission.open == 2)
    refused = served.get(path)
    assert (refused.status, refused["cache-control"]) == (503, "no-store")
    assert int(refused["retry-after"]) >= 1
    for connection in slow:
        connection.sock.close()
    until(lambda: served.delivery.media._admission.open == 0)
    assert served.get(path).status == 200


@pytest.fixture
def portrayed(lanes: dict[str, Served], blog: Blog) -> Picture:
    """Return a picture of somebody whom the blog names as on."""
    found = Picture(lanes["fast"])
    blog.publish(e.ContributorJoined(name="Ines"), described(found))
    return found


def described(picture: Picture | None, name: str = "Ines") -> e.ContributorDescribed:
    """Return the event by which readers are shown a picture of somebody, or none any more."""
    if picture is None:
        return e.ContributorDescribed(name=name)
    portrait = e.Portrait(media=picture.id, digest=picture.digest, width=WIDTH, height=HEIGHT)
    return e.ContributorDescribed(name=name, picture=portrait)


def portrait_of(picture: Picture, blog: Blog, name: str = "320.webp") -> str:
    """Return the address of a file of a contributor's picture."""
    return blog.path(f"people/{picture.id}/{picture.digest[:8]}/{name}")


@pytest.mark.both
def test_a_contributors_picture_is_named_by_the_page_and_by_what_open_pages_get_and_served_there(
    anywhere: Anywhere, blog: Blog, portrayed: Picture
) -> None:
    page = anywhere.warm(blog.path()).body.decode()
    parts = anywhere.warm(blog.path("log/head.json")).json["parts"]
    for source in (page, next(part["h"] for part in parts if part["n"] == "contributors")):
        assert f'src="http://localhost:8000{portrait_of(portrayed, blog)}"' in source
        assert "<!--house" not in source
    answer = anywhere.warm(portrait_of(portrayed, blog))
    assert (answer.status, answer.raw) == (200, portrayed.files["320.webp"])
    assert answer["cache-control"] == "public, max-age=300"
    assert answer["content-security-policy"] == "sandbox; default-src 'none'"


def test_a_picture_of_nobody_here_is_not_there(
    anywhere: Anywhere, lanes: dict[str, Served], blog: Blog, picture: Picture, portrayed: Picture
) -> None:
    for path in (
        portrait_of(Picture(lanes["fast"]), blog),  # on the disk alone
        portrait_of(picture, blog),  # of a post
        portrayed.path(blog, "seen", "320.webp"),  # below a post that does not show it
        portrait_of(portrayed, blog, media.ORIGINAL),
        portrait_of(portrayed, Blog.opened(posts=1)),
        blog.path(f"people/{portrayed.id}/{'0' * 8}/320.webp"),
    ):
        assert nothing(anywhere, path), path


@pytest.mark.both
@pytest.mark.parametrize("how", ["without", "replaced", "hidden", "taken down"])
def test_a_contributors_picture_taken_back_is_served_to_nobody_from_that_moment_on(
    lanes: dict[str, Served], blog: Blog, portrayed: Picture, how: str
) -> None:
    path = portrait_of(portrayed, blog)
    assert all(served.warm(path).status == 200 for served in lanes.values())
    taken_back: dict[str, e.Event] = {
        "without": described(None),
        "replaced": described(Picture(lanes["fast"])),
        "hidden": e.AudienceSet(audience=e.Audience.NOBODY),
        "taken down": e.BlogTakenDown(),
    }
    blog.publish(taken_back[how])
    for served in lanes.values():
        assert served.get(path).status == (410 if how == "taken down" else 404)
