"""The page around the posts: parts, layouts with slots, pager, structured data."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import events as e
from asithappened.core import text
from asithappened.core.state import Status
from asithappened.published.layout import House
from asithappened.render import page
from asithappened.render.edition import edition_of
from asithappened.render.post import card
from tests.render.blogs import LIVE, NOON, blog, p, parts, post, words

SLOTS = {
    "page": {"state", "posts", "counts", "found", "meta", "sharing", "jsonld", "pager", "oldest_first", *LIVE},
    "older": {
        "state",
        "posts",
        "pager",
        "number",
        "headline",
        "status",
        "keyevents",
        "contributors",
        "sharing",
        "oldest_first",
    },
    "oldest_first": {
        "state",
        "posts",
        "earlier",
        "later",
        "newest_first",
        "headline",
        "status",
        "keyevents",
        "contributors",
        "sharing",
    },
    "times": {"state", "entries", "headline", "status", "sharing"},
    "post": {"state", "post", "card", "history", "structured", "place", "headline", "status"},
    "withdrawn": {"state", "withdrawn", "headline"},
    "key_events": {"state", "entries", "headline", "status", "sharing"},
    "known": {"state", "entries", "sections", "headline", "status", "sharing"},
    "corrections": {"state", "entries", "headline", "status", "sharing"},
    "row": {"state", "row", "row_title", "row_said", "row_path", "row_card", "structured", "headline", "status"},
    "missing": {"state", "headline"},
    "gone": {"state"},
}


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


def test_right_to_left_and_foreign_languages() -> None:
    assert 'lang="ar" dir="rtl"' in page.layouts(page.shell_of(blog(language="ar")))["page"].decode()
    assert 'lang="fa-IR" dir="rtl"' in page.layouts(page.shell_of(blog(language="fa-IR")))["page"].decode()
    assert 'lang="az-Arab" dir="rtl"' in page.layouts(page.shell_of(blog(language="az-Arab")))["page"].decode()
    assert 'dir="ltr"' in page.layouts(page.shell_of(blog(language="pt-BR")))["page"].decode()
    assert "انتقل إلى التحديثات" in page.layouts(page.shell_of(blog(language="ar")))["page"].decode()


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
