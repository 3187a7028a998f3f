"""The parts of a live blog's pages: each says what it is of, in short, and nothing that readers have not."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import events as e
from asithappened.core.state import Contributor, LiveVideo, PostState, Status, Successor
from asithappened.render.page_parts import PARTS, pager
from tests.render.blogs import INES, LIVE, NOON, Shown, blog, edition, p, parts, post, words


def test_the_parts_are_those_of_the_contract() -> None:
    unseen = {"meta", "sharing", "card_mark", "embedders", "portraits", "jsonld"}
    pieces = {f"ways:{name}" for name in ("earlier", "later", "day", "hour", "digits")}
    assert set(parts(blog())) == LIVE - {"pager"} | unseen | pieces


def test_status_says_live_or_closed_and_when_it_was_last_updated() -> None:
    assert words(parts(blog())["status"]).startswith("Live Last updated 22 November 2026, 12:00 GMT")
    assert "Closed" in parts(blog(status=Status.CLOSED))["status"]
    only_printed = parts(blog(updated_at=None, updated_text="06:59 PM GMT+0"))["status"]
    assert words(only_printed).startswith("Live Last updated 06:59 PM GMT+0")
    on = parts(blog(status=Status.CLOSED, successor=Successor(slug="day-2", title="Day <2>")))["status"]
    assert LexborHTMLParser(on).css_first("a").attributes["href"] == "/live/day-2/"
    assert "Day &lt;2&gt;" in on


def test_a_live_video_is_a_link_while_the_live_blog_runs() -> None:
    film = LiveVideo(url="https://youtu.be/abcdefghijk", since=NOON)
    shown = LexborHTMLParser(parts(blog(live_video=film))["live_video"]).css_first("section")
    assert shown.css_first("h2").text() == "Live video"
    assert shown.css_first("a").attributes["data-frame"] == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert shown.css_first("iframe, video") is None
    file = LiveVideo(url="https://live.paper.example/a.m3u8?<x>", since=NOON)
    link = LexborHTMLParser(parts(blog(live_video=file))["live_video"]).css_first("a")
    assert link.attributes["href"] == link.attributes["data-frame"] == file.url
    for over in (
        {"live_video": None},
        {"live_video": film, "status": Status.CLOSED},
        {"live_video": film, "replay": True},
    ):
        assert parts(blog(**over))["live_video"] == ""


def test_search_engines_are_told_of_a_live_video_as_a_broadcast() -> None:
    def told(url: str, **more: Any) -> Any:
        made = parts(blog(live_video=LiveVideo(url=url, since=NOON), **more))
        return json.loads(LexborHTMLParser(made["jsonld"]).css_first("script").text()).get("video")

    film = told("https://youtu.be/abcdefghijk")
    assert (film["@type"], film["embedUrl"]) == ("VideoObject", "https://www.youtube-nocookie.com/embed/abcdefghijk")
    assert film["publication"] == {
        "@type": "BroadcastEvent", "isLiveBroadcast": True,
        "startDate": "2026-11-22T12:00:08+00:00", "endDate": "2026-11-22T18:00:08+00:00",
    }  # fmt: skip
    assert all(film[needed] for needed in ("name", "description", "thumbnailUrl", "uploadDate"))
    assert told("https://live.paper.example/a.m3u8")["contentUrl"] == "https://live.paper.example/a.m3u8"
    assert told("https://youtu.be/abcdefghijk", status=Status.CLOSED) is None


def test_the_pinned_post_and_the_summary_are_told_in_short_without_a_second_node_of_their_id() -> None:
    listed = {"type": "bulletList", "content": [{"type": "listItem", "content": [p(f"Point {n}. More.")]} for n in
                                                range(5)]}  # fmt: skip
    pinned = post(p("Opening words. " * 40), title="Pinned <post>")
    summary = post(listed, id="s1", kind=e.PostKind.SUMMARY, title="What we know")
    made = parts(blog(), pinned=pinned, summary=summary)
    assert 'id="p-' not in made["pinned"] + made["summary"]
    assert LexborHTMLParser(made["pinned"]).css_first("h2 a").attributes == {
        "href": "/live/storm/p/x1/",
        "data-post": "x1",
    }
    assert "Pinned &lt;post&gt;" in made["pinned"]
    points = [li.text() for li in LexborHTMLParser(made["summary"]).css("li")]
    assert points == ["Point 0.", "Point 1.", "Point 2."]
    assert parts(blog(), summary=summary, newest=[summary])["summary"] == "", "it stands directly below"
    assert parts(blog(), summary=summary, pinned=summary)["summary"] == "", "it stands directly above"
    nothing = parts(blog(), pinned=post(p("x"), withdrawn=True), summary=post(p("x"), withdrawn=True))
    assert nothing["pinned"] == nothing["summary"] == ""


def test_of_several_pinned_posts_the_topmost_is_told_in_short_and_the_others_are_named() -> None:
    posts = {id_: post(p(f"Words of {id_}."), id=id_, title=f"Title {id_}") for id_ in ("a1", "b2", "c3")}
    shown = Pinned(blog=blog(pins=("b2", "c3", "gone", "a1")), posts=posts)
    part = next(part for part in PARTS if part.name == "pinned")
    with shown.edition.speaking():
        page = LexborHTMLParser(part.render(shown)["pinned"].decode())
    assert [h2.text() for h2 in page.css("h2")] == ["Title b2", "Title c3", "Title a1"]
    assert [words.text() for words in page.css(".words")] == ["Words of b2."]
    assert len(page.css(".badge-pinned")) == 1
    named = [section.attributes["aria-labelledby"] for section in page.css("section")]
    assert named == [h2.attributes["id"] for h2 in page.css("h2")]
    assert len(set(named)) == 3


@dataclass
class Pinned(Shown):
    """A view of a blog with several posts to be pinned."""

    posts: Mapping[str, PostState] = field(default_factory=dict)

    def post(self, post: str) -> PostState | None:
        """Return one of them."""
        return self.posts.get(post)


@pytest.mark.parametrize(
    ("title", "blocks", "more"),
    [
        ("Titled", [p("All of it.")], False),
        ("Titled", [p("All of it."), p("But this.")], True),
        ("Titled", [p("Long " * 100)], True),
        ("Titled", [{"type": "image", "attrs": {"src": "https://p.example/a.jpg", "alt": "A"}}], True),
        ("Titled", [], False),
        ("", [p("One sentence only.")], False),
        ("", [p("One sentence. And another.")], True),
        ("", [p("One sentence."), {"type": "linkCard", "attrs": {"url": "https://c.example/"}}], True),
    ],
)
def test_the_pinned_card_says_whether_there_is_more_of_it(title: str, blocks: list[dict[str, Any]], more: bool) -> None:
    pinned = LexborHTMLParser(parts(blog(), pinned=post(*blocks, title=title))["pinned"])
    onwards = pinned.css_first(".when a")
    assert bool(onwards) == more
    if more:
        assert (onwards.text(), onwards.attributes["data-post"]) == ("Read on", "x1")
        assert onwards.attributes["href"] == "/live/storm/p/x1/"
    unknown = parts(blog(), pinned=post(*blocks, title=title, published_at=None))["pinned"]
    assert ("Read on" in unknown) == more


def test_a_live_blog_without_a_post_says_what_will_come_who_covers_it_and_since_when() -> None:
    people = (Contributor(name="Ada", on=True), Contributor(name="Ben", on=False))
    new = parts(blog(contributors=people))["empty"]
    assert words(new) == "Updates will appear here.Open since 22 November 2026, 12:00 GMTContributors: Ada"
    assert parts(blog(contributors=people, posts=1))["empty"] == ""
    ended = words(parts(blog(status=Status.CLOSED, opened_at=None))["empty"])
    assert ended == "This live blog ended without an update."


def test_without_script_a_live_page_says_that_it_has_to_be_reloaded() -> None:
    assert "<noscript><p" in parts(blog())["status"]
    assert "noscript" not in parts(blog(status=Status.CLOSED))["status"]
    assert 'lang="en"' in parts(blog(language="fi"))["status"].partition("noscript")[2]


def test_key_events_are_links_with_times_and_at_most_twelve() -> None:
    events = [post(p("First words. Others."), id=f"k{n}") for n in range(14)]
    tree = LexborHTMLParser(parts(blog(key_events=14), key_events=events)["keyevents"])
    assert len(tree.css("li")) == 12
    assert tree.css_first("a").attributes["href"] == "/live/storm/p/k0/"
    assert " ".join(tree.css_first("a").text().split()) == "12:00 GMT 22 Nov 2026 First words."
    more = tree.css_first(".more")
    assert more.text() == "The newest 12 of 14 · All key events"
    assert more.css_first("a").attributes["href"] == "/live/storm/key-events/"
    assert "more" not in parts(blog(key_events=12), key_events=events[:12])["keyevents"], "they are all there"


def test_contributors_are_told_apart_while_it_runs() -> None:
    people = (Contributor(name="Ada", on=True), Contributor(name="Ben", on=False))
    tree = LexborHTMLParser(parts(blog(contributors=people))["contributors"])
    assert [group.text(separator=" ") for group in tree.css("dl > div")] == ["Now Ada", "Earlier Ben"]
    closed = parts(blog(contributors=people, status=Status.CLOSED))["contributors"]
    assert [li.text() for li in LexborHTMLParser(closed).css("li")] == ["Ada", "Ben"]


def test_related_coverage_is_printed_as_it_came_but_for_a_day_that_can_be_read() -> None:
    items = (e.Related(title="Other", standfirst="S", byline="A (now); B (earlier)", dated="3 Feb 2025"),)
    assert words(parts(blog(related=items))["related"]).endswith("OtherSA (now); B (earlier)3 February 2025")
    german = blog(related=(e.Related(title="Other", dated="03, Jun, 2023 @5:26 PM"),), language="de")
    assert words(parts(german)["related"]).endswith("Other3. Juni 2023")
    doubtful = blog(related=(e.Related(title="Other", dated="03/06/2023"),))
    assert words(parts(doubtful)["related"]).endswith("Other03/06/2023")


@pytest.mark.parametrize(
    ("number", "newest", "hrefs"),
    [
        (None, 0, []),
        (None, 1, ["/live/storm/page/1/"]),
        (None, 3, ["/live/storm/page/3/", "/live/storm/page/1/"]),
        (3, 3, ["/live/storm/", "/live/storm/page/2/", "/live/storm/page/1/"]),
        (2, 3, ["/live/storm/", "/live/storm/page/3/", "/live/storm/page/1/"]),
        (1, 3, ["/live/storm/", "/live/storm/page/2/"]),
    ],
)
def test_the_pager_leads_to_every_page_by_paths_that_stay(number: int | None, newest: int, hrefs: list[str]) -> None:
    tree = LexborHTMLParser(pager(edition(), number=number, newest_page=newest).decode())
    assert [a.attributes["href"] for a in tree.css("a")] == hrefs


@given(st.text("a<>&\"'\n –", max_size=20))
def test_no_text_leaves_its_element(text: str) -> None:
    shown = blog(title=text, standfirst=text, tags=(text,), contributors=(Contributor(name=text, on=True),),
                 updated_at=None, updated_text=text, related=(e.Related(title=text, byline=text),))  # fmt: skip
    harmless = {
        name: re.sub(r"<[^<>]*>", "", html)
        for name, html in parts(shown).items()
        if name != "jsonld" and not name.startswith("ways:")
    }  # which have slots, and no text of anybody's
    assert all("<" not in html and ">" not in html for html in harmless.values())


def test_delivery_is_told_which_pictures_of_people_may_be_given_and_no_page_is() -> None:
    everything = parts(blog(contributors=(INES, Contributor(name="Tom", on=True))))
    assert everything["portraits"] == "abcd1234/0f0f0f0f"
    assert parts(blog())["portraits"] == ""
    assert "portraits" not in LIVE
