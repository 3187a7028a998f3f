"""Recorded blogs: every count, both encodings, every recording after the one before. Skips where there are none."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asithappened.core import body as b
from asithappened.core import events as e
from asithappened.core.state import Status
from asithappened.importers.found import FoundBlog
from asithappened.importers.plan import Known, plan
from asithappened.importers.registry import found_in
from asithappened.importers.report import Report
from asithappened.importers.run import run
from asithappened.log import read
from asithappened.syndication.page_text import page_text
from tests.importers import recorded

pytestmark = pytest.mark.data

BLOGS = sorted(path.stem for path in (recorded.DATA / "guardian_capi" / "blogs").glob("*.json"))
SNAPSHOTS = sorted(path.name for path in (recorded.DATA / "guardian_capi" / "snapshots").glob("*"))


@pytest.fixture
def capi(shared_data: Path) -> Path:
    return shared_data / "guardian_capi"


def reported(found: FoundBlog) -> Report:
    return plan(found, Known(), slug=found.slug).report


def index(capi: Path) -> dict[str, dict[str, Any]]:
    return {one["id"].replace("/", "__"): one for one in json.loads((capi / "index.json").read_bytes())}


def test_every_blog_has_the_counts_of_the_index(capi: Path) -> None:
    """Both counts below that look odd are the index's own.

    Its `bq` counts every <blockquote>, those that tweets are written in included (its README says without them); its
    `rich` counts embeds beside rich links. Readers' photos, comments and lists typed with "•" it does not count.
    """
    wanted = index(capi)
    assert len(wanted) == 40
    for name, one in wanted.items():
        report = reported(found_in((capi / "blogs" / f"{name}.json").read_bytes(), "guardian"))
        counted = {
            "posts": report.posts,
            "key": report.key_events,
            "summ": report.summaries,
            "titled": report.titled,
            "tweets": report.social_embeds,
            "images": report.images,
            "video": report.videos,
            "rich": report.cards,
            "bq": report.quotes + report.social_embeds,
            "updated": report.updated,
            "contrib": report.bylined,
            "lists": report.lists,
            "tables": report.tables,
        }
        assert counted == {key: one[key] for key in counted}, name
        assert (report.skipped, report.live) == (0, str(one["live"]).lower() == "true"), name


def test_a_blog_recorded_in_both_encodings_gives_the_same_posts_from_either(capi: Path) -> None:
    both = 0
    for path in sorted([*capi.glob("blogs/*.json"), *capi.glob("snapshots/*/*.json")]):
        made = json.loads(path.read_bytes())
        if not made.get("blocks") or not made["fields"].get("body"):
            continue
        by_json = found_in(json.dumps({**made, "fields": {**made["fields"], "body": ""}}).encode(), "guardian")
        by_html = found_in(json.dumps({**made, "blocks": {}}).encode(), "guardian")
        shown = {post.id: post for post in by_html.posts}
        if not by_json.partial:
            both += "blogs" in path.parts
            assert [post.id for post in by_json.posts] == list(shown)
        for post in by_json.posts:
            other = shown[post.id]
            assert replace(post, place="", pinned=False) == replace(other, place=""), (path.stem, post.id)
            assert post.published_at is not None
        for name in ("title", "slug", "standfirst", "zone", "live", "contributors", "tags"):
            assert getattr(by_json, name) == getattr(by_html, name), (path.stem, name)
    assert both >= 5


@pytest.mark.django_db
@pytest.mark.parametrize("name", SNAPSHOTS)
def test_recordings_one_after_another_only_add_revise_and_report(capi: Path, name: str) -> None:
    held: set[str] = set()
    for path in sorted((capi / "snapshots" / name).glob("*.json")):
        found = found_in(path.read_bytes(), "guardian")
        report = run(path, "guardian")
        blog = read.blog_id(report.slug)
        assert blog is not None
        there = {post.id for post in found.posts}
        assert report.added == len(there - held)
        assert set(report.disappeared_posts) == held - there
        held |= there
        assert {post.id for post in read.posts(blog)} == held
        assert read.blog(blog).status is Status.CLOSED
        assert report.revised <= 1  # two mended posts in all of these recordings; all other differences are clock times
        assert run(path, "guardian").events == 0
        kinds = {fact.kind for fact in read.facts(blog)}
        assert not kinds & {e.PostWithdrawn.KIND, e.PayloadErased.KIND}


def test_the_synthetic_items_import_too(shared_data: Path) -> None:
    kinds = set()
    for path in sorted((shared_data / "guardian_capi_models").glob("*.json")):
        if path.stem == "item-content-with-tweets":  # has neither a body nor blocks
            continue
        report = reported(found_in(path.read_bytes(), "guardian"))
        assert report.posts > 0
        kinds |= {name for name in ("images", "cards", "videos", "audio", "quotes") if getattr(report, name)}
    assert kinds == {"images", "cards", "videos", "audio", "quotes"}


def test_the_splitter_finds_boundaries_at_least_as_well_as_it_did(capi: Path) -> None:
    """Two posts in three have neither "Updated" above nor a headline; measured: 0.779 precision, 0.668 recall."""
    total = recorded.Score()
    for path in sorted(capi.glob("blogs/*.json")):
        total += recorded.score(found_in(path.read_bytes(), "guardian"))
    assert total.precision > 0.74
    assert total.recall > 0.63


# Where an editor sees the seed's posts begin, by line: read by hand.
SEED_POSTS = """
7 31 39 43 47 57 65 67 85 111 115 123 135 152 169 175 185 195 197 201 211 217 227 231
237 255 257 285 293 297 301 309 313 324 328 330 338 352 366 374 386 402
"""


SEED_QUOTES = ([139], [143, 145], [156, 158, 160], [171], [273], [295], [315], [332], [370, 372])


@pytest.mark.django_db
def test_the_seed_is_divided_as_an_editor_would_and_comes_back_line_for_line(shared_data: Path) -> None:
    (path,) = sorted((shared_data / "seed").glob("*.txt"))
    found = found_in(path.read_bytes(), "page-text")
    assert [int(post.place.removeprefix("line ")) for post in found.posts] == [int(line) for line in SEED_POSTS.split()]
    lines = path.read_text(encoding="utf-8").splitlines()
    blocks = [block for post in found.posts for block in post.body.content]
    embeds = [block.attrs.text.partition("\n")[0] for block in blocks if isinstance(block, b.Social)]
    assert embeds == [lines[at - 1] for at in (261, 275, 287)]
    quoted = [[b.text_of(one) for one in block.content] for block in blocks if isinstance(block, b.Quote)]
    assert quoted == [[lines[at - 1] for at in each] for each in SEED_QUOTES]
    photos = [block.attrs.alt for block in blocks if isinstance(block, b.Image)]
    assert photos == [lines[at - 1] for at in (147, 162, 319)]
    report = run(path, "page-text")
    figures = (report.posts, report.summaries, report.images, report.social_embeds, report.quotes, report.lists)
    assert figures == (42, 4, 3, 3, 9, 4)
    assert (report.related, report.updated, report.live) == (10, 31, False)
    blog = read.blog_id(report.slug)
    assert blog is not None
    page = page_text(read.blog(blog), read.posts(blog))
    wanted = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    wanted = [line for line in wanted if line not in {"The GuardianTramp", "Article image"}]
    assert [line.strip() for line in page.splitlines() if line.strip()] == wanted
    assert run(path, "page-text").events == 0
    assert found_in(page.encode(), "page-text").posts[0].words == found.posts[0].words
