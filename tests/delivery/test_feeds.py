"""Feeds and sitemaps as other programs get them: valid by their formats' rules, true, and rid of what was withdrawn.

Atom is held to RELAX NG after RFC 4287's appendix B, RSS and sitemaps to schemas after their specifications
(formats/), JSON Feed to the shapes below; a reader of feeds that knows nothing of us reads them all.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec import Struct

from asithappened.core import body
from asithappened.core import events as e
from asithappened.front.authors import consume as authors
from asithappened.front.tags import consume as tags
from asithappened.log import follow
from asithappened.render.addresses import author_path, tag_path
from asithappened.syndication.feeds import consume as feeds
from asithappened.syndication.sitemaps import consume as sitemaps
from asithappened.syndication.sitemaps.writing import news_language
from tests.delivery.newsroom import AT, Blog
from tests.delivery.serving import Served

FORMATS = Path(__file__).parent / "formats"
FILES = ("feed.atom", "feed.rss", "feed.json")
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


class Author(Struct, forbid_unknown_fields=True):
    """JSON Feed 1.1, "authors"."""

    name: str
    url: str = ""


class Attachment(Struct, forbid_unknown_fields=True):
    """JSON Feed 1.1, "attachments"."""

    url: str
    mime_type: str
    duration_in_seconds: int = 0


class Item(Struct, forbid_unknown_fields=True):
    """JSON Feed 1.1, "items"."""

    id: str
    url: str
    title: str
    content_html: str
    date_published: datetime
    date_modified: datetime
    language: str
    authors: list[Author] = []
    tags: list[str] = []
    attachments: list[Attachment] = []


class JsonFeed(Struct, forbid_unknown_fields=True):
    """JSON Feed 1.1, at its top."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    items: list[Item]
    next_url: str = ""
    description: str = ""
    language: str = ""


@pytest.fixture(scope="module")
def served(lanes: dict[str, Served]) -> Served:
    """Return the server that all of these ask."""
    return lanes["fast"]


def work() -> None:
    """Do what the worker does."""
    for follower in (feeds, sitemaps):
        follow.catch_up(follower)


def got(served: Served, path: str) -> bytes:
    """Return what anybody gets there, held to the rules of its format."""
    answer = served.warm(path)
    assert answer.status == 200, path
    assert answer["x-robots-tag"] == "noindex"
    checked(path, answer.body)
    return answer.body


def checked(path: str, data: bytes) -> None:
    """Hold some bytes to the rules of their format."""
    assert b"<!--" not in data, "every slot is filled"
    name = path.split("/page/", maxsplit=1)[0].rpartition("/")[2]
    if name == "feed.json":
        read = msgspec.json.decode(data, type=JsonFeed)
        assert read.version == "https://jsonfeed.org/version/1.1"
        assert len({item.id for item in read.items}) == len(read.items)
        return
    tree = etree.fromstring(data)
    if name in {"feed.atom", "feed.rss"}:
        schema: Any = etree.RelaxNG(etree.parse(FORMATS / f"{name.removeprefix('feed.')}.rng"))
    else:
        schema = etree.XMLSchema(etree.parse(FORMATS / "sitemap.xsd"))
    schema.assertValid(tree)


def parsed(data: bytes) -> Any:
    """Return what a reader of feeds makes of some bytes."""
    read = feedparser.parse(data)
    assert not read.bozo, read.get("bozo_exception")
    return read


def rich(id_: str, **more: Any) -> e.PostPublished:
    """Return a post with a picture of ours, a film, a table, a list, and what others may not run."""
    image = body.Image(
        attrs=body.ImageAttrs(media="abcd1234", digest="0f" * 32, alt="A quay", width=1400, height=900, preview="")
    )
    film = body.Video(attrs=body.MediaAttrs(media="efab5678", digest="1e" * 32, kind="video/mp4", seconds=42))
    elsewhere = body.Video(attrs=body.MediaAttrs(url="https://www.youtube.com/watch?v=jNQXAC9IVRw", title="Waves"))
    link = body.Link(attrs=body.LinkAttrs(href="https://council.example/?a=1&b=2"))
    words = body.Paragraph(content=(body.Text(text="As "), body.Text(text="the council", marks=(link, body.Bold()))))
    doc = body.with_ids(body.Doc(content=(words, image, film, elsewhere)), seed=id_)
    fields: dict[str, Any] = {"post": id_, "title": f"Rich {id_}", "body": doc, "published_at": AT}
    return e.PostPublished(**fields | more)


def test_every_feed_of_a_day_with_everything_in_it_is_valid_and_says_what_the_page_says(served: Served) -> None:
    blog = Blog.opened(posts=2)
    described = e.BlogDescribed(
        title='Storm <i> & "Isolde" ]]>', standfirst="Gates <closed> & open.\nBe safe.", language="en-GB", zone="UTC"
    )
    blog.publish(described, e.ContributorJoined(name="Ana Lind"))
    blog.publish(
        rich("rich", bylines=("Ana Lind", "Tom & Co"), kind=e.PostKind.KEY_EVENT),
        rich("covered", graphic=True, published_at=AT + timedelta(hours=1)),
        blog.post("<!--house:media--> <script>alert(1)</script> &amp; ]]>", id_="hostile"),
        e.PostPublished(post="undated", title="When was this?"),
    )
    blog.publish(
        e.CorrectionRecorded(correction="c", post="rich", was="one diver", now="two divers", reason="Misheard.")
    )
    work()
    atom, rss, json_ = (got(served, blog.path(name)) for name in FILES)
    for data in (atom, rss):
        read = parsed(data)
        assert read.feed.title == described.title
        titles = [entry.title for entry in read.entries]
        assert sorted(titles) == sorted(["Rich rich", "Rich covered", "Post number 1.", "Post number 2.",
                                         "<!--house:media--> <script>alert(1)</script> &amp; ]]>"])  # fmt: skip
        [one] = [entry for entry in read.entries if entry.title == "Rich rich"]
        words = one.content[0].value if "content" in one else one.summary
        assert '<a href="https://council.example/?a=1&amp;b=2"><strong>the council</strong></a>' in words
        assert 'src="http://localhost:8000/live/' in words
        assert "two divers" in words, "what was corrected is said in the entry"
        assert not re.search(r"class=|data-|<script|youtube-nocookie|blur", words)
        assert {link.href.rpartition("/")[2] for link in one.enclosures} <= {"1280.jpg", "video.mp4"} != set()
    everything = msgspec.json.decode(json_, type=JsonFeed)
    items = {item.title: item for item in everything.items}
    assert [who.name for who in items["Rich rich"].authors] == ["Ana Lind", "Tom & Co"]
    assert items["Rich rich"].tags == ["Key event"]
    assert [(file.mime_type, file.duration_in_seconds) for file in items["Rich rich"].attachments] == [
        ("image/jpeg", 0), ("video/mp4", 42)]  # fmt: skip
    assert items["Rich covered"].attachments == []
    assert not re.search("<img|the council", items["Rich covered"].content_html)
    assert f'<a href="http://localhost:8000{blog.path("p/covered/")}">' in items["Rich covered"].content_html


def test_an_entry_keeps_its_id_through_edits_renames_and_moves_and_says_when_it_changed(served: Served) -> None:
    blog = Blog.opened(posts=3)
    work()

    def entries() -> dict[str, Any]:
        return {one.link.rpartition("/p/")[2]: one for one in parsed(got(served, blog.path("feed.atom"))).entries}

    before = entries()
    blog.publish(blog.revision("p1", "Better words."), e.BlogRenamed(slug=f"renamed-{blog.id}"))
    former, blog.slug = blog.path("feed.atom"), f"renamed-{blog.id}"
    work()
    after = entries()
    assert {name: one.id for name, one in after.items()} == {name: one.id for name, one in before.items()}
    assert after["p1/"].title == "Better words."
    assert after["p1/"].updated > after["p1/"].published == after["p2/"].published.replace("14:02", "14:00")
    assert list(after) == ["p1/", "p3/", "p2/"], "what changed last stands first"
    moved = served.get(former)
    assert (moved.status, moved["location"]) == (308, blog.path("feed.atom"))
    tree = etree.fromstring(got(served, blog.path("feed.atom")))
    assert tree.find("a:updated", ATOM).text == after["p1/"].updated
    rss = etree.fromstring(got(served, blog.path("feed.rss")))
    built = parsedate_to_datetime(str(rss.findtext("channel/lastBuildDate")))
    assert built.strftime("%Y-%m-%dT%H:%M:%SZ") == after["p1/"].updated


def test_what_was_withdrawn_is_said_to_be_gone_in_atom_and_is_in_no_feed(served: Served) -> None:
    blog = Blog.opened(posts=2)
    blog.publish(blog.post("canarywords", id_="told"))
    work()
    [ref] = [one.id for one in parsed(got(served, blog.path("feed.atom"))).entries if one.title == "canarywords"]
    blog.publish(e.PostWithdrawn(post="told", reason="It was not so."))
    for name in FILES:
        assert b"canarywords" not in got(served, blog.path(name)), "before anybody follows"
    work()
    [gone] = etree.fromstring(got(served, blog.path("feed.atom"))).findall("at:deleted-entry", ATOM)
    assert gone.get("ref") == ref
    assert gone.findtext("at:comment", namespaces=ATOM) == "It was not so."
    assert all(b"canarywords" not in got(served, blog.path(name)) for name in FILES)
    blog.publish(blog.post("canarywords after all", id_="told"))
    work()
    tree = etree.fromstring(got(served, blog.path("feed.atom")))
    assert (tree.findall("at:deleted-entry", ATOM), ref.encode() in got(served, blog.path("feed.atom"))) == ([], True)


def test_a_correction_that_is_taken_back_is_at_once_in_no_feed(served: Served) -> None:
    blog = Blog.opened(posts=2)
    blog.publish(e.CorrectionRecorded(correction="c", post="p1", was="canarywas", now="canarynow"))
    work()
    assert all(b"canarynow" in got(served, blog.path(name)) for name in FILES)
    blog.publish(e.LedgerRemoved(of=e.Subject(e.CORRECTION, "c")))
    for name in FILES:
        assert b"canary" not in got(served, blog.path(name))
    work()
    for name in FILES:
        data = got(served, blog.path(name))
        assert (b"canary" in data, b"Post number 1." in data) == (False, True)


def test_a_long_day_has_pages_that_lead_to_one_another_and_an_end(served: Served) -> None:
    blog = Blog.opened(posts=feeds.NEWEST + 60)
    blog.publish(*(blog.revision(f"p{n}", f"Old words, mended: {n}") for n in range(1, 12)))
    work()
    found: list[str] = []
    path = blog.path("feed.atom")
    while path:
        tree = etree.fromstring(got(served, path))
        assert tree.xpath("string(a:link[@rel='self']/@href)", namespaces=ATOM) == f"http://localhost:8000{path}"
        found += tree.xpath("a:entry/a:title/text()", namespaces=ATOM)
        path = tree.xpath("string(a:link[@rel='next']/@href)", namespaces=ATOM).removeprefix("http://localhost:8000")
    assert found[0].startswith("Old words, mended"), "an old post that changed comes back"
    assert len(found) == len(set(found)) <= 2 * feeds.NEWEST
    assert f"Post number {feeds.NEWEST + 60}." in found
    second = msgspec.json.decode(got(served, blog.path("feed.json")), type=JsonFeed).next_url
    assert second.endswith(blog.path("feed.json/page/2/"))
    got(served, second.removeprefix("http://localhost:8000"))
    for odd in ("feed.atom/page/1/", "feed.atom/page/02/", "feed.atom/", "feed.xml", "feed.atom/page/99/"):
        assert served.get(blog.path(odd)).status == 404, odd


def test_the_house_has_a_feed_of_its_live_blogs_and_neither_it_nor_a_sitemap_knows_what_is_hidden(
    served: Served,
) -> None:
    storm, rehearsal = Blog.opened(posts=1), Blog.opened(posts=1, audience=e.Audience.MEMBERS)
    storm.publish(
        e.BlogDescribed(title="Sturm über dem Hafen", language="de", zone="Europe/Berlin", standfirst="Böen.")
    )
    work()
    for path in ("/feed.atom", "/feed.rss", "/feed.json", "/sitemap.xml", "/sitemaps/blogs.xml", "/sitemaps/news.xml"):
        data = got(served, path)
        assert f"/live/{rehearsal.slug}/".encode() not in data
        assert (storm.path().encode() in data) == (path != "/sitemap.xml")
    assert served.get(rehearsal.path("feed.atom")).alike == served.get("/live/never-was/feed.atom").alike
    [entry] = [one for one in parsed(got(served, "/feed.atom")).entries if storm.slug in one.link]
    assert (entry.title, "Böen." in entry.content[0].value) == ("Sturm über dem Hafen", True)
    news = etree.fromstring(got(served, "/sitemaps/news.xml"))
    [listed] = [url for url in news if storm.slug in url.findtext("s:loc", namespaces=SITEMAP)]
    assert listed.findtext(".//n:language", namespaces=SITEMAP) == "de"
    assert listed.findtext(".//n:name", namespaces=SITEMAP) == "As It Happened"


def test_a_tag_and_an_author_have_feeds_that_their_pages_name(served: Served) -> None:
    blog, rehearsal = Blog.opened(), Blog.opened(audience=e.Audience.MEMBERS)
    tag, name = f"Küste & <Hafen> {blog.id}", f"Ana <Lind> {blog.id}"
    for one in (blog, rehearsal):
        one.publish(e.BlogDescribed(title=f"About {one.slug}", language="en", zone="UTC", tags=(tag,)))
        one.publish(rich(f"r{one.id}", bylines=(name, "Tom & Co")), one.post())
    work()
    for follower in (tags, authors):
        follow.catch_up(follower)
    for page, title in ((tag_path(tag), tag), (author_path(name), name)):
        wanted = f"About {blog.slug}" if title == tag else f"Rich r{blog.id}"
        named = re.findall(
            r'<link rel="alternate" [^>]*href="http://localhost:8000([^"]*)"', served.get(page).body.decode()
        )
        assert named == [f"/feeds{page}{file}" for file in FILES]
        for path in named:
            data = got(served, path)
            if path.endswith("json"):
                read = msgspec.json.decode(data, type=JsonFeed)
                assert (read.title, read.feed_url, [one.title for one in read.items]) == (
                    title, f"http://localhost:8000{path}", [wanted])  # fmt: skip
            else:
                assert (parsed(data).feed.title, [one.title for one in parsed(data).entries]) == (title, [wanted])
        first = etree.fromstring(got(served, named[0])).xpath("string(a:link[@rel='first']/@href)", namespaces=ATOM)
        assert first == f"http://localhost:8000{named[0]}"


@pytest.mark.parametrize("how", ["withdrawn", "members"])
def test_what_is_taken_back_is_at_once_in_no_feed_of_a_tag_or_an_author(served: Served, how: str) -> None:
    blog = Blog.opened()
    tag, name = f"Coast {blog.id}", f"Ada {blog.id}"
    blog.publish(e.BlogDescribed(title=f"canary{blog.id}title", language="en", zone="UTC", tags=(tag,)))
    blog.publish(rich("told", title=f"canary{blog.id}words", bylines=(name,)), rich("kept", bylines=(name,)))
    work()
    tagged, signed = ([f"/feeds{page}{file}" for file in FILES] for page in (tag_path(tag), author_path(name)))
    assert all(b"canary" in got(served, path) for path in (*tagged, *signed))
    blog.publish(e.PostWithdrawn(post="told") if how == "withdrawn" else e.AudienceSet(audience=e.Audience.MEMBERS))
    for followed in (False, True):
        for path in (*tagged, *signed):
            answer = served.get(path)
            if how == "members":
                assert (answer.status, b"canary" in answer.body) == (404, False)
            elif path in signed:
                assert (b"canary" in got(served, path), b"Rich kept" in got(served, path)) == (False, True)
        if not followed:
            work()


def test_a_tag_that_a_live_blog_has_no_more_has_no_feed(served: Served) -> None:
    blog = Blog.opened(posts=1)
    blog.publish(e.BlogDescribed(title="x", language="en", zone="UTC", tags=(f"Gone {blog.id}",)))
    work()
    path = f"/feeds{tag_path(f'Gone {blog.id}')}feed.atom"
    got(served, path)
    blog.publish(e.BlogDescribed(title="x", language="en", zone="UTC"))
    work()
    assert served.get(path).status == 404


def test_what_is_older_than_two_days_leaves_the_sitemap_of_news_without_any_fact(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = Blog.opened(posts=1)
    work()
    assert blog.path().encode() in got(served, "/sitemaps/news.xml")
    monkeypatch.setattr(sitemaps, "_since", lambda: int(datetime.now(UTC).timestamp() * 1e6) + 1)
    sitemaps.forget_old()
    assert blog.path().encode() not in got(served, "/sitemaps/news.xml")
    assert blog.path().encode() in got(served, "/sitemaps/blogs.xml")
    blog.publish(blog.post())
    work()
    assert blog.path().encode() not in got(served, "/sitemaps/news.xml"), "nor does an update bring it back"


def test_a_feed_is_told_apart_by_a_strong_tag_of_each_encoding_and_answered_304(served: Served) -> None:
    blog = Blog.opened(posts=9)
    work()
    plain = served.warm(blog.path("feed.atom"))
    packed = served.warm(blog.path("feed.atom"), accept_encoding="gzip")
    assert (packed["content-encoding"], packed.body, packed["vary"]) == ("gzip", plain.body, "Accept-Encoding")
    assert plain["etag"].startswith('"')
    assert packed["etag"] == plain["etag"][:-1] + '-gzip"'
    for tag in (plain["etag"], packed["etag"], f"W/{plain['etag']}", f'"other", {packed["etag"]}'):
        again = served.get(blog.path("feed.atom"), if_none_match=tag, accept_encoding="gzip")
        assert (again.status, again["etag"]) == (304, packed["etag"])
    assert served.get(blog.path("feed.atom"), if_none_match='"other"').status == 200
    assert plain["cache-control"] == "public, s-maxage=2, stale-while-revalidate=10", "it may be taken back whole"
    assert served.warm("/feed.atom")["cache-control"].endswith("stale-if-error=300")
    blog.publish(blog.post())
    work()
    assert served.get(blog.path("feed.atom"), if_none_match=plain["etag"]).status == 200


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(words=st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), min_size=1, max_size=4))
def test_whatever_is_written_every_feed_stays_valid(served: Served, words: list[str]) -> None:
    from asithappened.core import text

    blog = Blog.opened()
    lines = [line for word in words if (line := text.one_line(word))]
    blog.publish(e.BlogDescribed(title=(lines or ["x"])[0], standfirst=" ".join(lines), language="ar", zone="UTC"))
    for line in lines:
        blog.publish(blog.post(line))
    work()
    for name in FILES:
        data = got(served, blog.path(name))
        read = msgspec.json.decode(data, type=JsonFeed).items if name == "feed.json" else parsed(data).entries
        assert len(read) == len(lines)


def test_chinese_is_named_as_the_news_sitemap_has_it() -> None:
    assert [news_language(tag) for tag in ("de-CH", "zh", "zh-Hant", "zh-TW", "zh-Hans-CN")] == [
        "de", "zh-cn", "zh-tw", "zh-tw", "zh-cn"]  # fmt: skip
