"""What readers get over HTTP: pages, permalinks, deltas; their headers, their compression, their refusals."""

import asyncio
import gzip
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from asithappened.core import events as e
from asithappened.delivery import compose, documents
from asithappened.delivery.documents import encoding_for, language_for, page_policy
from asithappened.delivery.sse import event
from asithappened.published.layout import House
from tests.delivery.client import Answer
from tests.delivery.newsroom import AT, Blog
from tests.delivery.serving import InProcess, Served, until

Anywhere = Served | InProcess


@pytest.fixture(scope="module")
def day(database: object) -> Blog:
    """Return a blog of several pages and segments."""
    del database
    return Blog.opened(posts=130)


@pytest.mark.both
def test_each_resource_says_how_long_it_may_be_kept(anywhere: Anywhere, day: Blog) -> None:
    page = "public, s-maxage=2, stale-while-revalidate=10, stale-if-error=300"
    expected = {
        "": page,
        "p/p100/": page,
        "page/1/": "public, max-age=2, s-maxage=60, stale-while-revalidate=60, stale-if-error=300",
        "log/head.json": "public, max-age=1, s-maxage=2, stale-while-revalidate=10",
        f"log/{day.epoch}/0-0.json": "public, max-age=0, s-maxage=300",
    }
    for rest, cache in expected.items():
        answer = anywhere.warm(day.path(rest), accept_encoding="gzip")
        assert (answer.status, answer["cache-control"]) == (200, cache)
        assert answer["vary"] == "Accept-Encoding"
        assert answer["set-cookie"] == ""
        assert answer["x-content-type-options"] == "nosniff"
        kind = "application/json" if "json" in rest else "text/html"
        assert answer["content-type"] == f"{kind}; charset=utf-8"
        policy = answer["content-security-policy"]
        assert "frame-ancestors" in policy
        assert (policy == "default-src 'none'; frame-ancestors 'none'") == (kind == "application/json")
        assert "frame-src" not in policy  # this house frames nobody


def test_a_page_may_frame_the_origins_that_its_house_names_and_no_other() -> None:
    policy = page_policy("", ("https://player.example", "https://posts.example"))
    assert b"; frame-src https://player.example https://posts.example" in policy
    assert policy.count(b"https:") == 3  # and pictures, which a reader asked for


EVERYTHING_ELSE = ("key-events/", "times/", "p/gone/", "p/never/", "page/99/")
ITSELF = "frame-ancestors 'self'"


@pytest.mark.both
def test_the_sites_that_a_live_blog_names_may_show_its_posts_and_nothing_else_of_it(
    anywhere: Anywhere, blog: Blog
) -> None:
    def ancestors(rest: str) -> str:
        policy = anywhere.warm(blog.path(rest))["content-security-policy"]
        return next(one.strip() for one in policy.split(";") if "frame-ancestors" in one)

    blog.publish(blog.post(id_="stays"), blog.post(id_="gone"))
    blog.publish(e.PostWithdrawn(post="gone"))
    posts = ("", "p/stays/")
    assert {ancestors(rest) for rest in (*posts, *EVERYTHING_ELSE)} == {ITSELF}
    tag = anywhere.warm(blog.path("p/stays/"))["etag"]
    sites = ("https://www.courier.example", "https://partner.example:8443")
    blog.publish(e.EmbeddersSet(origins=sites))
    assert {ancestors(rest) for rest in posts} == {f"{ITSELF} {' '.join(sites)}"}
    assert {ancestors(rest) for rest in EVERYTHING_ELSE} == {ITSELF}
    assert anywhere.warm(blog.path("p/stays/"))["etag"] != tag, "a browser that has the page has its old policy"
    frames = json.loads(anywhere.warm(blog.path("log/head.json")).body)
    assert "courier" not in json.dumps(frames), "no page that is open hears of it"
    blog.publish(e.EmbeddersSet())
    assert {ancestors(rest) for rest in posts} == {ITSELF}


def test_what_a_house_allows_stands_before_what_a_live_blog_does() -> None:
    policy = page_policy("", (), ("https://a.example", "https://b.example"))
    assert policy.endswith(b"frame-ancestors 'self' https://a.example https://b.example")


def updates_of(page: bytes) -> list[str]:
    """Return the headlines of the posts in a page's structured data."""
    [data] = re.findall(rb'<script type="application/ld\+json">(.*?)</script>', page)
    return [update["headline"] for update in json.loads(data).get("liveBlogUpdate", [])]


@pytest.mark.both
def test_the_structured_data_of_the_page_are_its_newest_twenty_posts_as_they_stand(
    anywhere: Anywhere, blog: Blog
) -> None:
    assert len(updates_of(anywhere.warm(blog.path()).body)) == blog.posts
    blog.publish(*(blog.post(f"Headline {n}", id_=f"n{n}") for n in range(24)))
    blog.publish(
        e.PostWithdrawn(post="n23"), e.PostRevised(post="n22", title="Better & <b>", published_at=AT, position=2**52)
    )
    blog.publish(e.PostPublished(post="when", title="Of unknown time", position=2**53))
    titles = updates_of(anywhere.warm(blog.path()).body)
    assert titles == ["Better & <b>", *(f"Headline {n}" for n in range(21, 3, -1))], "the undated one is of the twenty"


@pytest.mark.both
def test_every_key_event_is_listed_on_a_page_of_its_own(anywhere: Anywhere, blog: Blog) -> None:
    ids = [f"k{n}" for n in range(17)]
    blog.publish(*(blog.post(id_=id_) for id_ in ids), blog.post("Only an update", id_="update"))
    blog.publish(*(e.PostKindSet(post=id_, kind=e.PostKind.KEY_EVENT) for id_ in ids))
    main = anywhere.warm(blog.path()).body.decode()
    assert "The newest 12 of 17" in main
    assert f'href="{blog.path("key-events/")}"' in main

    def listed() -> list[str]:
        answer = anywhere.warm(blog.path("key-events/"))
        assert answer.status == 200
        assert b"<!--" not in answer.body
        return re.findall(r'data-post="(\w+)"', answer.body.decode())

    assert listed() == ids[::-1]
    blog.publish(e.PostWithdrawn(post="k3"), e.PostKindSet(post="k4", kind=e.PostKind.UPDATE))
    assert listed() == [id_ for id_ in ids[::-1] if id_ not in {"k3", "k4"}]
    assert "The newest 12 of 15" in anywhere.warm(blog.path()).body.decode()


@pytest.mark.both
def test_where_nothing_is_a_page_of_the_house_leads_on(anywhere: Anywhere, blog: Blog) -> None:
    def shown(path: str, status: int) -> str:
        answer = anywhere.get(path)
        assert (answer.status, answer["cache-control"]) == (status, "no-store")
        assert "content-security-policy" in dict(answer.headers)
        html = answer.body.decode()
        assert '<link rel="stylesheet" href="/static/reader.' in html, "in the same face"
        assert '<header class="masthead">' in html
        assert '<meta name="robots" content="noindex">' in html
        assert "<!--" not in html
        return html

    for rest in ("p/no-such-post/", "page/99/"):
        html = shown(blog.path(rest), 404)
        assert "There is no such page" in html
        assert f'href="{blog.path()}"' in html, "to the live blog"
        assert f"Storm {blog.slug}" in html
    for path in ("/live/never-was/", "/live/never-was/p/x/", "/live/", "/live/a//b/", blog.path("no/such/thing")):
        html = shown(path, 404)
        assert f'href="{House().address}/"' in html, "to the front page"
        assert 'href="/live/' not in html
    german = Blog.opened(posts=1)
    german.publish(e.BlogDescribed(title="Sturmtag", language="de"))
    assert "Diese Seite gibt es nicht" in shown(german.path("p/x/"), 404)
    german.publish(e.BlogTakenDown(reason="A court's order"))
    for rest in ("", "p/p1/", "p/never/", "page/1/", "key-events/"):
        html = shown(german.path(rest), 410)
        assert '<html lang="de"' in html
        assert "zurückgezogen" in html
        assert f'href="{House().address}/"' in html
        assert "Sturmtag" not in html
        assert "Post number" not in html


@pytest.mark.both
def test_a_page_carries_the_moment_that_it_is_of(anywhere: Anywhere, blog: Blog) -> None:
    for _ in range(2):
        answer = anywhere.warm(blog.path())
        assert answer["etag"] == f'W/"{blog.epoch}-{blog.head}-0-{House().tag}"'
        assert f'data-state="{blog.epoch} {blog.head} 0 0"'.encode() in answer.body
        assert b"<!--slot:" not in answer.body
        blog.publish(blog.post())


def test_every_encoding_gives_the_same_page(anywhere: Anywhere, day: Blog) -> None:
    plain = anywhere.warm(day.path())
    sizes = []
    for asked, given in (("br", "br"), ("gzip", "gzip"), ("gzip, br;q=0", "gzip"), ("identity", ""), ("zstd", "")):
        answer = anywhere.warm(day.path(), accept_encoding=asked)
        assert answer["content-encoding"] == given
        assert answer.body == plain.raw
        sizes.append(len(answer.raw))
    assert sizes[0] < sizes[3] / 4


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (b"", b""), (b"gzip, deflate, br, zstd", b"br"), (b"GZIP", b"gzip"), (b"br;q=0", b""), (b"br; q=0.000", b""),
        (b"br;q=0.001", b"br"), (b"gzip;q=1.0, br;q=0.1", b"br"), (b"brx, xgzip", b""), (b",,;", b""), (b"*", b""),
        (b"identity;q=0", b""), (b"br ;q=0 , gzip", b"gzip"), (b"\xff", b""),
    ],
)  # fmt: skip
def test_an_encoding_is_chosen_that_was_accepted(accept: bytes, chosen: bytes) -> None:
    assert encoding_for(accept) == chosen


def test_who_has_the_page_gets_its_headers_and_no_body(anywhere: Anywhere, blog: Blog) -> None:
    paths = [blog.path(), blog.path("p/p1/"), blog.path("log/head.json")]
    for path in paths:
        full = anywhere.warm(path)
        same = anywhere.get(path, if_none_match=full["etag"])
        assert (same.status, same.raw) == (304, b"")
        assert [same[n] for n in ("etag", "cache-control", "vary")] == [
            full[n] for n in ("etag", "cache-control", "vary")
        ]
    tags = {path: anywhere.get(path)["etag"] for path in paths}
    blog.publish(blog.post())
    changed = {path for path in paths if anywhere.get(path, if_none_match=tags[path]).status == 200}
    assert changed >= {paths[0], paths[2]}


def test_a_permalink_of_one_post_does_not_change_with_another(anywhere: Anywhere, day: Blog) -> None:
    assert anywhere.warm(day.path("p/p3/")).status == 200
    body = anywhere.get(day.path("p/p3/")).body
    assert b"Post number 3." in body
    assert b"Post number 4." not in body
    assert day.path("page/1/").encode() in body, "it leads to the page that the post stands on"


def test_every_post_stands_on_the_page_that_its_permalink_names(anywhere: Anywhere, day: Blog) -> None:
    for post in range(1, 131, 16):
        permalink = anywhere.get(day.path(f"p/p{post}/")).body.decode()
        [place] = re.findall(rf'href="({day.path()}(?:page/\d+/)?)#p-p{post}" data-place', permalink)
        assert f'id="p-p{post}"'.encode() in anywhere.get(place).body


@pytest.mark.both
def test_a_permalink_leads_to_the_new_page_as_soon_as_that_filled(anywhere: Anywhere) -> None:
    blog = Blog.opened(posts=49)
    was = anywhere.warm(blog.path("p/p1/"))
    assert f'href="{blog.path()}#p-p1"'.encode() in was.body
    blog.publish(blog.post())
    now = anywhere.get(blog.path("p/p1/"), if_none_match=was["etag"])
    assert now.status == 200
    assert f'href="{blog.path("page/1/")}#p-p1"'.encode() in now.body


@pytest.mark.both
def test_head_and_segments_are_the_whole_log(anywhere: Anywhere, day: Blog) -> None:
    head = anywhere.warm(day.path("log/head.json")).json
    frames = []
    for number, generation in enumerate(head["segments"]):
        segment = anywhere.warm(day.path(f"log/{day.epoch}/{number}-{generation}.json")).json
        assert (segment["epoch"], segment["n"], segment["g"]) == (day.epoch, number, generation)
        assert len(segment["frames"]) == head["segment"]
        frames += segment["frames"]
    frames += head["frames"]
    assert [frame["s"] for frame in frames] == list(range(1, day.head + 1))
    assert (head["epoch"], head["head"], head["status"], head["poll"]) == (day.epoch, day.head, "live", 5)
    assert {part["n"] for part in head["parts"]} >= {"headline", "keyevents", "status"}


@pytest.mark.both
def test_former_addresses_lead_on_and_hide_nothing_new(anywhere: Anywhere, blog: Blog) -> None:
    was = blog.slug
    blog.publish(e.BlogRenamed(slug=f"{was}-renamed"))
    blog.slug = f"{was}-renamed"
    for rest in ("", "p/p1/", "log/head.json", "stream", f"log/{blog.epoch}/0-0.json"):
        answer = anywhere.get(f"/live/{was}/{rest}")
        assert (answer.status, answer["location"]) == (308, blog.path(rest))
        assert "max-age=0" in answer["cache-control"], "tomorrow it may be the address again"
    blog.publish(e.BlogRenamed(slug=was))
    assert anywhere.warm(f"/live/{was}/").status == 200
    assert anywhere.get(blog.path())["location"] == f"/live/{was}/"


NOT_CANONICAL = {
    "": 308, "/page/1": 308, "/p/p1": 308, "/log/head.json?x=1": 400, "/log/head.json/": 404, "/stream/": 404,
    "/page/01/": 404, "/page/0/": 404, "/page/-1/": 404, "/page/99/": 404, "/page/1.0/": 404,
    "/page/9999999/": 404, "/p/no-such/": 404, "/p/" + "a" * 65 + "/": 404,
    "/log/EPOCH/0-00.json": 404, "/log/EPOCH/+0-0.json": 404, "/log/EPOCH/0-0.json?": 200, "/log/EPOCH/0-0.json?a": 400,
    "/log/ABCDEF/0-0.json": 404, "/log/EPOCH/999-0.json": 404, "/log/EPOCH/0-1.json": 404, "/log/EPOCH/0.json": 404,
    "/?utm_source=x": 200, "//": 404, "/%70/p1/": 404, "/p/p1/?x": 200,
}  # fmt: skip


@pytest.mark.parametrize("rest", NOT_CANONICAL)
def test_only_canonical_addresses_are_answered(rest: str, anywhere: Anywhere, day: Blog) -> None:
    path = f"/live/{day.slug}" + rest.replace("EPOCH", day.epoch)
    answer = anywhere.get(path)
    assert answer.status == NOT_CANONICAL[rest]
    if answer.status == 308:
        assert answer["location"] == f"/live/{day.slug}{rest}/"
    elif answer.status >= 400:
        assert answer["cache-control"] == "no-store"
        assert b"a" * 65 not in answer.body, "no word of the request is in the answer"


@pytest.mark.both
def test_a_page_is_composed_once_however_many_ask(site: Served, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    lock = threading.Lock()
    compose_document = compose.document

    def counted(*args: object, **named: object) -> documents.Document:
        with lock:
            made.append(args[2])
        return compose_document(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(compose, "document", counted)
    for _ in range(2):
        made.clear()
        blog.publish(blog.post())
        with ThreadPoolExecutor(20) as readers:
            answers = list(readers.map(lambda _: site.get(blog.path(), accept_encoding="br"), range(200)))
        assert {answer["etag"] for answer in answers} == {f'W/"{blog.epoch}-{blog.head}-0-{House().tag}"'}
        assert len({answer.raw for answer in answers}) == 1
        assert len(made) == 1


def test_what_is_kept_is_bounded_in_bytes(site: Served, day: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = site.site.cache.composed
    monkeypatch.setattr(cache, "most", 400_000)
    for post in range(1, 131):
        assert site.get(day.path(f"p/p{post}/")).status == 200
    assert 0 < site.do(lambda: cache.bytes) <= 400_000
    assert site.do(lambda: len(cache)) < 130
    assert site.get(day.path("p/p1/")).status == 200


def test_an_answer_goes_over_the_wire_as_the_application_says_it(day: Blog) -> None:
    document = documents.Document(b"x" * 2_000, kind=documents.HTML, cache=documents.PAGE, etag=b'W/"a"')
    for encoding in (b"", b"gzip", b"br", b"zstd"):
        status, headers, body = document.answer(encoding, unchanged=False)
        head, _, sent = document.raw_response(encoding, unchanged=False, without_body=False).start.partition(
            b"\r\n\r\n"
        )
        assert sent == body
        lines = head.split(b"\r\n")
        assert lines[0] == b"HTTP/1.1 %d OK" % status
        assert sorted(lines[2:]) == sorted(b"%b: %b" % header for header in headers)
    assert gzip.decompress(document.bodies[b"gzip"]) == b"x" * 2_000


def test_a_new_room_is_not_taken_for_current_by_a_look_that_did_not_see_it(site: Served, blog: Blog) -> None:
    async def race() -> bytes:
        looking = asyncio.ensure_future(site.site.freshness.refresh())
        opening = asyncio.ensure_future(site.site.room(blog.slug))
        await looking
        room = await opening
        assert room is not None
        return b"current" if site.site.freshness.current else b"not"

    assert site.loop is not None
    assert asyncio.run_coroutine_threadsafe(race(), site.loop).result(20) == b"current"
    assert site.do(lambda: site.site.rooms[blog.id].blog.head) == blog.head


@pytest.mark.parametrize("text", ["one", "two\nlines", "a\rb", "a\r\nb", "\n", "a\n\nb: c\ndata: x", ""])
def test_no_text_ends_an_event_early(text: str) -> None:
    made = event(text.encode(), id_=b"e-1", name=b"part").decode()
    assert made.count("\n\n") == 1
    assert made.endswith("\n\n")
    assert "\r" not in made
    lines = [line.removeprefix("data: ") for line in made.split("\n") if line.startswith("data: ")]
    assert lines == re.split("\r\n|\r|\n", text)


@pytest.mark.parametrize("bad", [b"a\nb", b"a\rb", b"a\0b"])
def test_an_id_or_a_name_that_would_end_its_field_is_refused(bad: bytes) -> None:
    for field in ("id_", "name"):
        with pytest.raises(ValueError, match="no CR, LF or NUL"):
            event(b"x", **{field: bad})  # type: ignore[arg-type]


def test_while_the_tables_cannot_be_read_what_is_kept_is_given_and_the_rest_told_to_come_back(
    site: Served, blog: Blog, database: Path | str
) -> None:
    if not isinstance(database, Path):
        pytest.skip("breaks a file; on PostgreSQL there is none")
    kept, etag = site.warm(blog.path()), site.get(blog.path())["etag"]
    stream = site.stream(blog.path("stream"))
    stream.hello()
    broken = database.with_name("broken.sqlite3")
    broken.write_bytes(b"this is no database\n" * 500)

    def swap(path: Path) -> None:
        site.site.library.database = path
        for library in list(site.site.library.libraries):
            library.close()  # as if its server had gone: the next query needs another connection

    site.do(lambda: swap(broken))
    try:
        assert site.get(blog.path()).alike == kept.alike
        assert site.get(blog.path(), if_none_match=etag).status == 304
        waits = set()
        for _ in range(12):
            answer: Answer = site.get(blog.path("p/p2/"))
            assert (answer.status, answer["cache-control"]) == (503, "no-store")
            waits.add(answer["retry-after"])
        assert len(waits) > 1
        assert site.get("/live/never-was/").status == 503, "not a 404: nobody knows"
        assert site.get("/healthz").status == 200
        catching_up = site.get(blog.path("stream"), last_event_id=f"{blog.epoch}-1")
        assert catching_up.status == 503
        assert site.do(lambda: site.delivery.streams.admission.open) == 1
        blog.publish(e.PostWithdrawn(post="p3"))  # known by the stamp, though not what: then nothing kept is given
        assert site.get(blog.path()).status == 503
    finally:
        site.do(lambda: swap(database))
    assert b"Post number 3." not in site.get(blog.path()).body
    assert stream.up_to(blog.head)[-1].json["s"] == blog.head


def _hung_in(served: Served, doorbells: Path) -> bool:
    """Say whether a server listens for rings in a folder again; while it rebinds there is no socket for a moment."""
    freshness = served.site.freshness

    def hangs() -> bool:
        bell = freshness._bell._socket
        return bell is not None and Path(bell.getsockname()).exists()

    return served.do(hangs) and freshness._stamp._inode == (doorbells / "stamp").stat().st_ino


def test_a_doorbell_whose_files_were_cleared_away_is_hung_again(
    site: Served, blog: Blog, lanes: dict[str, Served]
) -> None:
    from django.conf import settings

    stream = site.stream(blog.path("stream"))
    stream.hello()
    for file in Path(settings.DOORBELLS).iterdir():
        file.unlink()
    blog.publish(blog.post("lost ring"))
    assert stream.up_to(blog.head)[-1].json["s"] == blog.head, "found by looking every second"
    for each in lanes.values():
        until(partial(_hung_in, each, Path(settings.DOORBELLS)))
    site.warm(blog.path())
    blog.publish(e.PostWithdrawn(post="p1"))
    assert b"Post number 1." not in site.get(blog.path()).body


def test_rooms_that_nobody_asks_for_are_let_go_and_open_again(
    site: Served, database: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    del database
    from asithappened.delivery import rooms

    blogs = [Blog.opened(posts=1) for _ in range(4)]
    with_reader = site.stream(blogs[0].path("stream"))
    with_reader.hello()
    monkeypatch.setattr(rooms, "MAX_ROOMS", 2)
    monkeypatch.setattr(rooms, "MIN_IDLE_S", -1.0)
    for _ in range(2):
        for blog in blogs[1:]:
            assert site.warm(blog.path()).status == 200
            blog.publish(blog.post(f"News of {blog.slug}"))
            assert f"News of {blog.slug}".encode() in site.get(blog.path()).body
    assert site.do(lambda: len(site.site.rooms)) <= 3
    blogs[0].publish(blogs[0].post())
    assert with_reader.up_to(blogs[0].head)[-1].json["s"] == blogs[0].head


LANGUAGES = {
    b"": "en",
    b"de": "de",
    b"de-CH,de;q=0.9,en;q=0.5": "de",
    b"fr,ar;q=0.4,de;q=0.8": "de",
    b"fr": "en",
    b"*": "en",
    b"de;q=0": "en",
    b"ar;q=banana, de;q=0.1": "de",
    b"AR-eg ; q=1.000": "ar",
    b"\xff\xfe,de": "de",
    b"x," * 4_000 + b"de": "en",
}


@pytest.mark.parametrize("accept", LANGUAGES)
def test_a_language_is_the_most_wanted_that_is_known(accept: bytes) -> None:
    assert language_for(accept, ("en", "de", "ar"), "en") == LANGUAGES[accept]


def test_where_nothing_is_that_is_said_in_the_language_that_somebody_asks_for(anywhere: Served, blog: Blog) -> None:
    hidden = Blog.opened(posts=1)
    hidden.publish(e.AudienceSet(audience=e.Audience.NOBODY))
    asked = {"ar-EG,en;q=0.1": 'dir="rtl"', "de": "Diese Seite gibt es nicht", "fr": "There is no such page"}
    for language, words in asked.items():
        never = anywhere.get("/live/never-was/", accept_language=language)
        assert never.status == 404
        assert words in never.body.decode()
        assert anywhere.get(hidden.path(), accept_language=language).alike == never.alike
