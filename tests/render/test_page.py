"""The page around the posts: parts, layouts with slots, pager, structured data."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import events as e
from asithappened.core import text
from asithappened.core.state import BlogState, Contributor, PostState, Status, Successor
from asithappened.published.layout import House
from asithappened.render import page
from asithappened.render.edition import edition_of
from asithappened.render.page_parts import PARTS, pager
from asithappened.render.post import card
from tests.render.blogs import LIVE, NOON, Shown, blog, edition, p, parts_of, post

SLOTS = {
    "page": {"state", "posts", "meta", "sharing", "jsonld", "pager", *LIVE},
    "older": {"state", "posts", "pager", "number", "headline", "status", "keyevents", "contributors", "sharing"},
    "post": {"state", "post", "card", "history", "place", "headline", "status"},
    "withdrawn": {"state", "withdrawn", "headline"},
    "key_events": {"state", "entries", "headline", "status", "sharing"},
    "missing": {"state", "headline"},
    "gone": {"state"},
}


def parts(shown: BlogState, **more: Any) -> dict[str, str]:
    """Return the parts of a blog as text, as a reader gets them."""
    return {name: House().filled(html).decode() for name, html in parts_of(shown, **more).items()}


def words(html: str) -> str:
    """Return the text of some HTML, on one line."""
    return " ".join(LexborHTMLParser(html).body.text().split())


def test_the_parts_are_those_of_the_contract() -> None:
    assert set(parts(blog())) == LIVE - {"pager"} | {"meta", "sharing", "card_mark", "embedders", "jsonld"}


@pytest.mark.parametrize(("name", "slots"), SLOTS.items())
def test_a_layout_has_every_slot_once_and_each_live_part_where_it_can_be_replaced(name: str, slots: set[str]) -> None:
    layout = page.layouts(page.shell_of(blog()))[name].decode()
    found = re.findall(r"<!--slot:(\w+)-->", layout)
    assert set(found) == slots
    for part in slots & LIVE - {"pager"}:
        assert re.search(rf'data-part="{part}"[^>]*><!--slot:{part}-->', layout)
    assert 'data-state="<!--slot:state-->"' in layout
    assert 'lang="en" dir="ltr"' in layout


def test_layouts_depend_on_slug_language_zone_and_audience_and_nothing_else() -> None:
    other = blog(title="Other", standfirst="s", status=Status.CLOSED, tags=("t",), updated_at=None, posts=4, seq=50)
    assert page.layouts(page.shell_of(other)) == page.layouts(page.shell_of(blog()))


def test_a_layout_runs_no_script_of_its_own() -> None:
    for html in page.layouts(page.shell_of(blog())).values():
        for script in LexborHTMLParser(html.decode()).css("script"):
            assert script.attributes.get("src", "").startswith("/static/") or script.attributes["type"].endswith("json")
        assert b" style=" not in html
        assert not re.search(rb"\son\w+=", html)


@pytest.mark.parametrize(
    ("title", "language", "closed"),
    [
        ("A storm", "en", "A storm – as it happened"),
        ("A storm – as it happened", "en", "A storm – as it happened"),
        ("A storm as it happened: what we saw", "en", "A storm as it happened: what we saw"),
        ("Der Sturm", "de", "Der Sturm – das Protokoll"),
        ("Der Sturm – das Protokoll", "de", "Der Sturm – das Protokoll"),
    ],
)
def test_a_closed_blog_says_as_it_happened_once(title: str, language: str, closed: str) -> None:
    shown = blog(title=title, language=language)
    assert parts(shown)["headline"] == title
    assert parts(blog(title=title, language=language, status=Status.CLOSED))["headline"] == closed


def test_status_says_live_or_closed_and_when_it_was_last_updated() -> None:
    assert words(parts(blog())["status"]).startswith("Live Last updated 22 November 2026, 12:00 GMT")
    assert "Closed" in parts(blog(status=Status.CLOSED))["status"]
    only_printed = parts(blog(updated_at=None, updated_text="06:59 PM GMT+0"))["status"]
    assert words(only_printed).startswith("Live Last updated 06:59 PM GMT+0")
    on = parts(blog(status=Status.CLOSED, successor=Successor(slug="day-2", title="Day <2>")))["status"]
    assert LexborHTMLParser(on).css_first("a").attributes["href"] == "/live/day-2/"
    assert "Day &lt;2&gt;" in on


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


@pytest.mark.parametrize("audience", list(e.Audience))
def test_only_what_everyone_may_read_may_be_indexed(audience: e.Audience) -> None:
    shown = blog(audience=audience)
    heads = [parts(shown)["meta"], *(page.layouts(page.shell_of(shown))[name].decode() for name in ("older", "post"))]
    for head in heads:
        assert ("noindex" in head) == (audience is not e.Audience.EVERYONE)
    assert ("Rehearsal" in parts(shown)["status"]) == (audience is not e.Audience.EVERYONE)


def structured(shown: BlogState, newest: list[PostState]) -> dict[str, Any]:
    """Return the structured data of a blog."""
    html = parts(shown, newest=newest)["jsonld"]
    found = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_structured_data_is_what_search_engines_read() -> None:
    newest = [
        post(p("One. Two."), id="a", updated_at=NOON + timedelta(hours=1), bylines=("Ada",)),
        post(p("x"), id="unknown", published_at=None),
        post(p("x"), id="gone", withdrawn=True),
    ]
    data = structured(blog(zone="Europe/Berlin"), newest)
    assert data["@type"] == "LiveBlogPosting"
    assert data["coverageStartTime"] == "2026-11-22T13:00:08+01:00"
    assert data["coverageEndTime"] > data["dateModified"]
    [update] = data["liveBlogUpdate"]
    assert update["url"] == "http://localhost:8000/live/storm/#p-a"
    assert update["headline"] == "One."
    assert update["dateModified"] == "2026-11-22T14:00:08+01:00"
    assert structured(blog(status=Status.CLOSED, closed_at=NOON), [])["coverageEndTime"] == "2026-11-22T12:00:08+00:00"
    unknown = structured(blog(opened_at=None, updated_at=None, updated_text="06:59 PM"), [])
    assert not {"datePublished", "dateModified", "coverageStartTime", "coverageEndTime"} & set(unknown)


def test_structured_data_names_who_wrote_even_where_no_contributor_is_named() -> None:
    newest = [post(p("x"), id="a", bylines=("Ada", "Ben")), post(p("x"), id="b", bylines=("Ben", "Eve"))]
    assert [one["name"] for one in structured(blog(), newest)["author"]] == ["Ada", "Ben", "Eve"]
    named = blog(contributors=(Contributor(name="Zoe", on=True),))
    assert [one["name"] for one in structured(named, newest)["author"]] == ["Zoe"]
    assert 'article:author" content="Eve"' in parts(blog(), newest=newest)["meta"]
    house = structured(blog(), [post(p("x"))])
    assert house["author"] == house["publisher"]
    hidden = [post(p("x"), bylines=("Withdrawn",), withdrawn=True)]
    assert "Withdrawn" not in parts(blog(), newest=hidden)["jsonld"] + parts(blog(), newest=hidden)["meta"]


def test_structured_data_runs_no_points_and_captions_together() -> None:
    points = {"type": "bulletList", "content": [{"type": "listItem", "content": [p(text)]} for text in ("One", "Two")]}
    picture = {"type": "image", "attrs": {"src": "https://p.example/a.jpg", "alt": "A pier", "caption": "At high tide"}}
    [update] = structured(blog(), [post(points, picture, p("Then. More."))])["liveBlogUpdate"]
    assert update["articleBody"] == "One\nTwo\nA pier\nAt high tide\nThen. More."
    assert update["headline"] == "One", "and not the points on one line"
    [update] = structured(blog(), [post(picture)])["liveBlogUpdate"]
    assert update["headline"] == "A pier"


def test_every_update_of_structured_data_has_a_headline_and_is_cut_between_words() -> None:
    bare = {"type": "image", "attrs": {"src": "https://p.example/a.jpg"}}
    newest = [post(bare, id="a"), post(bare, id="b", kind=e.PostKind.KEY_EVENT), post(p("word " * 3000), id="c")]
    updates = structured(blog(language="de"), newest)["liveBlogUpdate"]
    assert [update["headline"] for update in updates[:2]] == ["Meldung", "Wichtiges Ereignis"]
    assert len(updates[2]["articleBody"]) <= 5_000
    assert updates[2]["articleBody"].endswith("word…")


def test_structured_data_holds_the_newest_twenty() -> None:
    newest = [post(p("x"), id=f"n{n}") for n in range(30)]
    assert len(structured(blog(), newest)["liveBlogUpdate"]) == 20


@given(st.text(max_size=40))
def test_no_text_ends_the_script_it_stands_in(text: str) -> None:
    html = parts(blog(title=f"T{text}</script><!--"), newest=[post(title=f"{text}</script>")])["jsonld"]
    assert html.count("<") == 2
    assert json.loads(html[html.index(">") + 1 : html.rindex("<")])["headline"] == f"T{text}</script><!--"


@given(st.text("a<>&\"'\n –", max_size=20))
def test_no_text_leaves_its_element(text: str) -> None:
    shown = blog(title=text, standfirst=text, tags=(text,), contributors=(Contributor(name=text, on=True),),
                 updated_at=None, updated_text=text, related=(e.Related(title=text, byline=text),))  # fmt: skip
    harmless = {name: re.sub(r"<[^<>]*>", "", html) for name, html in parts(shown).items() if name != "jsonld"}
    assert all("<" not in html and ">" not in html for html in harmless.values())


def test_right_to_left_and_foreign_languages() -> None:
    assert 'lang="ar" dir="rtl"' in page.layouts(page.shell_of(blog(language="ar")))["page"].decode()
    assert 'lang="fa-IR" dir="rtl"' in page.layouts(page.shell_of(blog(language="fa-IR")))["page"].decode()
    assert 'lang="az-Arab" dir="rtl"' in page.layouts(page.shell_of(blog(language="az-Arab")))["page"].decode()
    assert 'dir="ltr"' in page.layouts(page.shell_of(blog(language="pt-BR")))["page"].decode()
    assert "انتقل إلى التحديثات" in page.layouts(page.shell_of(blog(language="ar")))["page"].decode()


def test_a_newsroom_can_put_its_own_head_and_foot_on_the_page(tmp_path: Any, settings: Any) -> None:
    ours, before = settings.TEMPLATES, page.fingerprint()
    own = tmp_path / "asithappened/site"
    own.mkdir(parents=True)
    (own / "masthead.html").write_text("<header>Our own {{ site }}</header>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]
    assert b"<header>Our own As It Happened</header>" in House().filled(page.layouts(page.shell_of(blog()))["page"])
    assert page.fingerprint() != before
    settings.TEMPLATES = ours
    assert page.fingerprint() == before


def test_a_replay_says_of_which_day_and_passes_for_news_nowhere() -> None:
    day = e.ReplayOf(slug="storm-then", opened_at=NOON)
    one = post(p("Words."), title="A wall fell")
    for status in (Status.LIVE, Status.CLOSED):
        shown = blog(replay=True, replay_of=day, status=status)
        made = parts(shown, newest=[one], key_events=[one])
        assert words(made["status"]).startswith("Replay of 22 Nov 2026")
        assert "badge-live" not in made["status"]
        assert f'data-status="{status}"' in made["status"], "the script follows it all the same"
        assert made["jsonld"] == ""
        assert '<meta name="robots" content="noindex, nofollow">' in made["meta"]
        assert "article:published_time" not in made["meta"] + House().filled(card(edition_of(shown), one)).decode()
        assert "article:modified_time" not in made["meta"]
        for name, layout in page.layouts(page.shell_of(shown)).items():
            assert b'"live":"Replay"' in layout, "nor does the script's bar say that it is live"
            assert name == "page" or b"noindex" in layout
    first = parts(blog(replay=True))
    assert words(first["status"]).startswith("Replay of an earlier live blog")


def test_a_space_that_must_not_break_is_in_everything_that_prints_a_headline() -> None:
    of_blog = text.one_line("Tempête sur le port\u00a0: en direct, «\u00a0vigilance rouge\u00a0»")
    of_post = text.one_line("10\u202f000\u00a0personnes évacuées\u202f!")
    event = post(p("Mots."), id="k1", title=of_post, kind=e.PostKind.KEY_EVENT)
    made = parts(blog(title=of_blog, language="fr"), key_events=[event], newest=(event,))
    assert all(of_blog in made[name] for name in ("headline", "meta", "jsonld"))
    assert all(of_post in made[name] for name in ("keyevents", "jsonld"))
