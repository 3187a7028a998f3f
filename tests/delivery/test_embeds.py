"""What stands on other sites: frames of a live blog and of one post, and the piece of HTML that a server includes."""

import re

from selectolax.lexbor import LexborHTMLParser

from asithappened.core import body
from asithappened.core import events as e
from asithappened.log import follow
from asithappened.syndication.feeds import consume as feeds
from tests.delivery.newsroom import AT, Blog
from tests.delivery.serving import InProcess, Served

HOST = "https://www.paper.example"


def test_a_frame_may_stand_where_the_live_blog_says_and_is_no_page_for_engines(anywhere: Served | InProcess) -> None:
    blog = Blog.opened(posts=2)
    blog.publish(e.EmbeddersSet(origins=(HOST,)))
    for rest in ("embed/", "p/p1/embed/"):
        answer = anywhere.warm(blog.path(rest))
        assert (answer.status, answer["x-robots-tag"]) == (200, "noindex")
        assert f"frame-ancestors 'self' {HOST}" in answer["content-security-policy"]
        page = LexborHTMLParser(answer.body)
        canonical = page.css_first('link[rel="canonical"]').attributes["href"]
        assert canonical == f"http://localhost:8000{blog.path()}"
        assert page.css_first('meta[name="robots"]').attributes["content"] == "noindex"
        assert {post.attributes["id"] for post in page.css("article")} == (
            {"p-p1", "p-p2"} if rest == "embed/" else {"p-p1"}
        )
        assert b"<!--slot" not in answer.body
        assert anywhere.get(blog.path(rest), if_none_match=answer["etag"]).status == 304
    blog.publish(e.EmbeddersSet())
    assert HOST not in anywhere.get(blog.path("embed/"))["content-security-policy"]


def test_what_was_withdrawn_or_taken_down_says_so_in_its_frame_and_no_word_of_it(anywhere: Served | InProcess) -> None:
    blog = Blog.opened(posts=1)
    blog.publish(e.EmbeddersSet(origins=(HOST,)), blog.post("canarywords", id_="told"))
    assert b"canarywords" in anywhere.warm(blog.path("p/told/embed/")).body
    blog.publish(e.PostWithdrawn(post="told", reason="It was not so."))
    answer = anywhere.get(blog.path("p/told/embed/"))
    assert (answer.status, b"It was not so." in answer.body, b"canarywords" in answer.body) == (410, True, False)
    assert HOST in answer["content-security-policy"], "a frame that is refused says nothing at all"
    assert b"canarywords" not in anywhere.get(blog.path("embed/")).body
    missing = anywhere.get(blog.path("p/never/embed/"))
    assert (missing.status, HOST in missing["content-security-policy"]) == (404, True)
    blog.publish(e.BlogTakenDown(reason="A court's order"))
    gone = anywhere.get(blog.path("embed/"))
    assert (gone.status, HOST in gone["content-security-policy"]) == (410, True)
    assert anywhere.get(blog.path("fragment")).status == 410


def test_a_frame_of_what_is_hidden_is_as_one_of_what_never_was(anywhere: Served | InProcess) -> None:
    hidden = Blog.opened(posts=1, audience=e.Audience.MEMBERS)
    follow.catch_up(feeds)
    for rest in ("embed/", "p/p1/embed/", "fragment"):
        assert anywhere.get(hidden.path(rest)).alike == anywhere.get(f"/live/never-was/{rest}").alike


def test_a_fragment_fits_below_an_articles_heading_and_clashes_with_nothing(anywhere: Served | InProcess) -> None:
    blog = Blog.opened(posts=1)
    heading = body.Heading(attrs=body.HeadingAttrs(level=2), content=(body.Text(text="Where"),))
    doc = body.with_ids(body.Doc(content=(heading, body.paragraph("At <the> quay."))), seed="x")
    blog.publish(e.PostPublished(post="told", title="Water <rises>", body=doc, published_at=AT, bylines=("Ana Lind",)))
    follow.catch_up(feeds)
    answer = anywhere.warm(blog.path("fragment"))
    assert (answer.status, answer["x-robots-tag"]) == (200, "noindex")
    assert answer["content-type"] == "text/html; charset=utf-8"
    page = LexborHTMLParser(answer.body)
    headings = [(node.tag, node.text()) for node in page.css("h1, h2, h3, h4, h5, h6")]
    assert ("h3", "Water <rises>") in headings
    assert "h1" not in {tag for tag, _ in headings}
    assert re.search(r"<h[56]>Where<", answer.body.decode())
    assert not re.search(rb" id=|<script|<style|style=|<!--", answer.body)
    classes = {name for node in page.css("[class]") for name in (node.attributes["class"] or "").split()}
    assert all(name == "aih" or name.startswith("aih-") for name in classes)
    assert not [
        link for node in page.css("a, img") for link in node.attributes.values() if (link or "").startswith("/")
    ]
