"""Structured data: what search engines read of a live blog, and nothing that ends the script it stands in."""

import json
import re
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import events as e
from asithappened.core.state import BlogState, Contributor, PostState, Status
from tests.render.blogs import INES, NOON, blog, p, parts, post


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


def test_structured_data_says_who_wrote_what_they_are_and_where_more_about_them_is() -> None:
    signed = (e.Signature(name="Ines", role="Trainee"),)
    written = post(p("x"), bylines=("Ines", "Agency"), signed=signed)
    data = structured(blog(contributors=(INES,)), [written])
    assert data["author"] == [
        {"@type": "Person", "name": "Ines", "jobTitle": "Editor", "url": "https://paper.example/ines",
         "image": "http://localhost:8000/live/storm/people/abcd1234/0f0f0f0f/640.jpg"}
    ]  # fmt: skip
    (update,) = data["liveBlogUpdate"]
    assert update["author"] == [
        {"@type": "Person", "name": "Ines", "jobTitle": "Trainee"}, {"@type": "Person", "name": "Agency"},
    ]  # fmt: skip
