"""Promises of the parts of a page: a package contributes its own, and press renders those that an append touches."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.published import models as published
from asithappened.published.layout import ADDRESS_SLOT
from asithappened.render import page_parts
from asithappened.render.part import Part, View
from tests.press.open_page import OpenPage
from tests.press.snapshot import snapshot

AT = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)
pytestmark = [pytest.mark.both, pytest.mark.django_db]


def post(id_: str, **more: Any) -> e.PostPublished:
    """Make a post of a paragraph."""
    doc = body.with_ids(body.Doc(content=(body.paragraph(f"Words of {id_}"),)), seed=id_)
    return e.PostPublished(post=id_, title=id_, body=doc, published_at=AT, **more)


@pytest.fixture
def blog() -> int:
    """Open a blog with a post in it."""
    opened = e.BlogOpened(slug="storm", title="Storm", audience=e.Audience.EVERYONE)
    return press.publish(None, [opened, post("first")]).blog


@dataclass
class Asked:
    """Which parts were rendered since last looked at."""

    names: set[str] = field(default_factory=set)

    def hearing(self, part: Part) -> Part:
        """Return the part, which notes each rendering."""

        def render(view: View) -> Any:
            self.names.add(part.name)
            return part.render(view)

        return replace(part, render=render)

    def after(self, blog: int, *events: e.Event) -> set[str]:
        """Publish, and return what was rendered."""
        self.names.clear()
        press.publish(blog, events)
        return self.names - {"status", "meta", "sharing", "jsonld"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Asked]:
    """Note every part that is rendered."""
    heard = Asked()
    monkeypatch.setattr(page_parts, "HEARD", tuple(heard.hearing(part) for part in page_parts.PARTS), raising=False)
    settings.PAGE_PARTS = ("asithappened.render.page_parts.HEARD",)
    _forget()
    yield heard
    _forget()


def _forget() -> None:
    from asithappened.render import part

    part._imported.cache_clear()


def test_press_asks_only_the_parts_that_an_append_touches(blog: int, asked: Asked) -> None:
    assert asked.after(blog, post("second")) == {"summary"}
    assert asked.after(blog, post("key", kind=e.PostKind.KEY_EVENT)) == {"summary", "keyevents"}
    assert asked.after(blog, e.PostKindSet(post="key", kind=e.PostKind.UPDATE)) == {"summary", "keyevents"}
    assert asked.after(blog, e.PostPinned(post="key")) == {"summary", "pinned"}
    assert asked.after(blog, e.PostRevised(post="key", title="Better", published_at=AT)) == {"summary", "pinned"}
    assert asked.after(blog, e.BlogDescribed(title="Storm Isolde")) == {"headline", "card_mark"}
    assert asked.after(blog, e.ContributorJoined(name="Ines")) == {"contributors", "portraits"}
    assert asked.after(blog, e.RelatedSet(items=(e.Related(title="Before"),))) == {"related"}
    assert asked.after(blog, e.EmbeddersSet(origins=("https://paper.example",))) == {"embedders"}
    assert asked.after(blog, e.LiveVideoSet(url="https://youtu.be/abcdefghijk")) == {"live_video"}
    assert asked.after(blog, e.BlogClosed()) == {"headline", "contributors", "live_video"}
    every = {part.name for part in page_parts.PARTS} - {"status", "meta", "sharing", "jsonld"}
    assert asked.after(blog, e.BlogDescribed(title="Storm", zone="Asia/Kolkata")) == every


@pytest.fixture
def corrections(settings: Any) -> None:
    """Have another package contribute a part."""
    settings.PAGE_PARTS = (*settings.PAGE_PARTS, "tests.press.corrections.PARTS")


@pytest.mark.usefixtures("corrections")
def test_a_part_of_another_room_stands_in_its_region_after_those_registered_before_it(blog: int) -> None:
    layout = bytes(published.Part.objects.get(blog=blog, name="layout:page").data).decode()
    rail = layout.partition('<div class="boxes">')[2].partition("</aside>")[0]
    assert '<div class="box box-corrections" data-part="corrections"><!--slot:corrections--></div>' in rail
    assert rail.index("slot:tags") < rail.index("slot:corrections")
    assert layout.count("slot:corrections") == 1


@pytest.mark.usefixtures("corrections")
def test_a_part_of_another_room_follows_its_own_events_and_no_others(blog: int) -> None:
    opened = OpenPage(blog)
    edited = press.publish(blog, [e.PostRevised(post="first", title="A", published_at=AT, reason="It said <63>")]).last
    press.publish(blog, [post("second"), e.BlogDescribed(title="Storm Isolde")])
    part = published.Part.objects.get(blog=blog, name="corrections")
    assert (part.seq, part.live, bytes(part.data)) == (edited, True, b"<ul><li>A: It said &lt;63&gt;</li></ul>")
    assert opened.catch_up().shown() == opened.expected()
    lived = snapshot(blog)
    press.rebuild(blog)
    assert snapshot(blog) == lived
    press.publish(blog, [e.PostWithdrawn(post="first")])
    assert bytes(published.Part.objects.get(blog=blog, name="corrections").data) == b""


def structured(blog: int) -> dict[str, bytes]:
    """Return the pieces of structured data that are kept, by post."""
    rows = published.PublishedPost.objects.filter(blog=blog).values_list("post", "structured")
    return {id_: bytes(piece) for id_, piece in rows}


@pytest.mark.parametrize(
    "take", [e.PostWithdrawn, lambda post: e.PayloadErased(of=e.post(post), seqs=(2, 3), whole=True)]
)
def test_structured_data_of_a_post_is_a_piece_that_changes_and_goes_with_it(
    blog: int, take: Callable[..., e.Event]
) -> None:
    assert json.loads(structured(blog)["first"])["headline"] == "first"
    edit = e.PostRevised(post="first", title="First </script>", published_at=AT)
    press.publish(blog, [edit, e.PostPublished(post="undated", title="When?", position=7)])
    pieces = structured(blog)
    assert json.loads(pieces["first"])["headline"] == "First </script>"
    assert b"<" not in pieces["first"].replace(ADDRESS_SLOT.encode(), b"")
    assert pieces["undated"] == b""
    press.publish(blog, [take(post="first")])
    assert structured(blog)["first"] == b""


def test_posts_of_an_older_version_get_their_pieces_when_all_is_rendered_anew(blog: int) -> None:
    published.PublishedPost.objects.filter(blog=blog).update(structured=b"")
    published.PublishedBlog.objects.filter(pk=blog).update(fingerprint="older")
    assert press.rebuild_outdated() == [blog]
    assert json.loads(structured(blog)["first"])["headline"] == "first"
