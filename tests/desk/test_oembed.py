"""What a site is told of an address of ours: only of what is everyone's, never more than a frame, not without end."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from asithappened import press
from asithappened.core import events as e
from asithappened.desk.views import oembed

pytestmark = pytest.mark.django_db
OURS = "http://localhost:8000"


@pytest.fixture
def storm(settings: Any) -> int:
    """Return a live blog that one site may frame, with a post that was withdrawn and one that was not."""
    settings.PUBLIC_URL = OURS
    opened = e.BlogOpened(slug="storm", title='Storm "Isolde" <b>', audience=e.Audience.EVERYONE)
    blog = press.publish(None, [opened, e.EmbeddersSet(origins=("https://paper.example",))]).blog
    press.publish(blog, [e.PostPublished(post="p1", title="Gates shut", bylines=("Ana Lind",))])
    press.publish(blog, [e.PostPublished(post="p2", title="canary"), e.PostWithdrawn(post="p2")])
    return blog


def asked(url: str, **more: str) -> Any:
    """Ask as a site does."""
    return Client().get("/oembed", {"url": url} | more)


def test_an_address_of_a_live_blog_is_a_frame_of_it_and_one_of_a_post_a_frame_of_that(storm: int) -> None:
    del storm
    answer = asked(f"{OURS}/live/storm/")
    assert (answer.status_code, answer["Cache-Control"], answer["Content-Type"]) == (
        200,
        "no-store",
        "application/json",
    )
    said = json.loads(answer.content)
    assert (said["version"], said["type"], said["title"]) == ("1.0", "rich", 'Storm "Isolde" <b>')
    frame = LexborHTMLParser(said["html"]).css_first("iframe")
    assert frame.attributes["src"] == f"{OURS}/live/storm/embed/"
    assert frame.attributes["title"] == 'Storm "Isolde" <b>'
    assert (frame.attributes["width"], frame.attributes["height"]) == (str(said["width"]), str(said["height"]))
    post = json.loads(asked(f"{OURS}/live/storm/p/p1/?utm_source=x").content)
    assert (post["title"], post["author_name"]) == ("Gates shut", "Ana Lind")
    assert f'src="{OURS}/live/storm/p/p1/embed/"' in post["html"]


def test_it_comes_as_xml_and_no_larger_than_was_asked(storm: int) -> None:
    del storm
    answer = asked(f"{OURS}/live/storm/", format="xml", maxwidth="320", maxheight="99999")
    tree = ElementTree.fromstring(answer.content)
    assert (answer["Content-Type"], tree.tag) == ("text/xml; charset=utf-8", "oembed")
    assert (tree.findtext("width"), tree.findtext("height")) == ("320", "720")
    assert 'width="320"' in str(tree.findtext("html"))
    assert asked(f"{OURS}/live/storm/", format="yaml").status_code == 501


def test_where_no_site_may_frame_it_it_is_a_link(storm: int) -> None:
    press.publish(storm, [e.EmbeddersSet()])
    said = json.loads(asked(f"{OURS}/live/storm/").content)
    assert (said["type"], "html" in said) == ("link", False)


def test_of_what_is_not_everyones_or_not_ours_there_is_nothing_in_the_same_words(storm: int) -> None:
    press.publish(None, [e.BlogOpened(slug="rehearsal", title="canary", audience=e.Audience.MEMBERS)])
    nothing = asked(f"{OURS}/live/never-was/")
    assert nothing.status_code == 404
    for url in (
        f"{OURS}/live/rehearsal/", f"{OURS}/live/storm/p/p2/", f"{OURS}/desk/", f"{OURS}.evil.example/live/storm/",
        "https://evil.example/live/storm/", f"{OURS}/live/storm/../rehearsal/", "", "x" * 5_000,
    ):  # fmt: skip
        answer = asked(url)
        assert (answer.status_code, answer.content) == (404, nothing.content), url
    press.publish(storm, [e.BlogTakenDown(reason="A court's order")])
    assert asked(f"{OURS}/live/storm/").status_code == 404


def test_who_asks_too_often_is_told_when_to_ask_again(storm: int, monkeypatch: pytest.MonkeyPatch) -> None:
    del storm
    monkeypatch.setattr(oembed, "OF_A_NETWORK", 2)
    statuses = [asked(f"{OURS}/live/storm/").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert asked(f"{OURS}/live/storm/")["Retry-After"] == "600"
