"""The Content API's two encodings: the same posts from either, and every shape of answer that holds them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from asithappened.core import body as b
from asithappened.core.events import PostKind
from asithappened.importers.found import ImportRefused
from tests.importers.files import STORM, item, page
from tests.importers.formats.guardian.read_back import imported


def test_the_same_blog_in_either_encoding_gives_the_same_posts() -> None:
    assert imported(item(blocks=STORM)).posts[0].place != imported(item(html=page(STORM))).posts[0].place
    by_json, by_html = imported(item(blocks=STORM)).posts, imported(item(html=page(STORM))).posts
    for one, other in zip(by_json, by_html, strict=True):
        assert {**vars(one), "place": ""} == {**vars(other), "place": ""}


def test_a_post_has_its_headline_kind_author_times_and_body() -> None:
    newest, summary, oldest = imported(item(blocks=STORM)).posts
    assert (newest.id, newest.title, newest.kind) == ("c3", "Harbour shut", PostKind.KEY_EVENT)
    assert newest.published_at == datetime(2024, 1, 5, 9, 50, tzinfo=UTC)
    assert (newest.updated, newest.updated_at) == (True, datetime(2024, 1, 5, 9, 57, tzinfo=UTC))
    assert (summary.title, summary.kind, summary.bylines) == ("Summary", PostKind.SUMMARY, ("Una Marsh",))
    assert [type(one) for one in summary.body.content] == [b.Paragraph, b.Quote, b.BulletList]
    assert (oldest.updated, oldest.kind, oldest.bylines) == (False, PostKind.UPDATE, ())
    words, tweet, picture = oldest.body.content
    assert b.text_of(words) == "Good morning from a windy coast."
    assert isinstance(tweet, b.Social)
    assert isinstance(picture, b.Image)
    assert (tweet.attrs.platform, tweet.attrs.author, tweet.attrs.handle) == ("twitter", "Skerry Ferries", "@skerry")
    assert (tweet.attrs.text, tweet.attrs.date) == ("No ferries today\nor tomorrow", "2024-01-05")
    assert tweet.attrs.url == "https://twitter.com/skerry/status/7"
    assert (picture.attrs.src, picture.attrs.width) == ("https://img.paper.example/pier.jpg", 600)
    assert picture.attrs.caption == "The pier at nine."
    assert picture.attrs.credit == "Photograph: Ola Brandt/Coast Pictures"


def test_who_typed_a_post_is_not_printed() -> None:
    assert "Sub Editor" not in repr(imported(item(blocks=STORM)))
    assert "sub@paper.example" not in repr(imported(item(blocks=STORM)))


def test_a_blog_has_its_headline_standfirst_zone_contributors_and_times() -> None:
    found = imported(item(blocks=STORM))
    assert (found.title, found.standfirst) == (
        "Storm on the Skerry coast",
        "Gusts of 90mph are expected by noon\n• Ferries stopped",
    )
    assert (found.zone, found.live, found.tags) == ("Europe/London", True, ("Storms",))
    assert [(one.name, one.on) for one in found.contributors] == [("Una Marsh", True), ("Theo Lund", False)]
    assert found.slug == "storm-on-the-skerry-coast-live-2024-01-05"
    assert found.opened_at == datetime(2024, 1, 5, 9, 0, tzinfo=UTC)
    assert found.modified_at == datetime(2024, 1, 5, 12, 0, tzinfo=UTC)


def test_a_closed_blogs_suffix_is_said_by_its_state_and_not_by_its_headline() -> None:
    title = "Storm on the Skerry coast – as it happened"
    assert imported(item(blocks=STORM, headline=title, liveBloggingNow="false")).title == "Storm on the Skerry coast"
    assert imported(item(blocks=STORM, headline=title)).title == title
    other = "Storm on the Skerry coast - as it happened!"
    assert imported(item(blocks=STORM, headline=other, liveBloggingNow="false")).title == other


def test_every_wrapping_of_an_answer_is_opened() -> None:
    bare = imported(item(blocks=STORM))
    made = item(blocks=STORM)
    for wrapped in (
        {"content": made},
        {"response": {"status": "ok", "content": made}},
        {"response": {"results": [made]}},
    ):
        assert imported(wrapped) == bare


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"hello": "world"}, "not a Content API item"),
        ([1, 2, 3], "not a Content API item"),
        ({"response": {"results": [{"webTitle": "a"}, {"webTitle": "b"}]}}, "list of 2 items"),
        (item(), "holds no posts"),
        ({"webTitle": "", "fields": {"body": page(STORM)}}, "no headline"),
    ],
)
def test_what_is_no_live_blog_is_refused_with_what_to_do(made: Any, said: str) -> None:
    with pytest.raises(ImportRefused, match=said) as refusal:
        imported(made)
    assert "Nothing was written" in str(refusal.value)
