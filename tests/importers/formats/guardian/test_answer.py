"""The Content API's two encodings: the same posts from either, and every shape of answer that holds them."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from asithappened.core import body as b
from asithappened.core.events import PostKind
from asithappened.importers.formats.guardian import read as guardian
from asithappened.importers.found import FoundBlog, ImportRefused
from tests.importers.files import STORM, block, item, page, raw


def imported(made: Any) -> FoundBlog:
    return guardian(raw(made))


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


@pytest.mark.parametrize("live", ["true", True, "True"])
def test_flags_are_read_as_strings_and_as_booleans(live: object) -> None:
    blocks = copy.deepcopy(STORM)
    blocks[2]["attributes"] = {"keyEvent": live, "pinned": live}
    found = imported(item(blocks=blocks, liveBloggingNow=live))
    assert (found.live, found.posts[2].kind, found.posts[2].pinned) == (True, PostKind.KEY_EVENT, True)


@pytest.mark.parametrize("live", ["false", False, None, "", 0])
def test_a_blog_that_does_not_say_it_is_live_is_closed(live: object) -> None:
    assert not imported(item(blocks=STORM, liveBloggingNow=live)).live


def test_a_closed_blogs_suffix_is_said_by_its_state_and_not_by_its_headline() -> None:
    title = "Storm on the Skerry coast – as it happened"
    assert imported(item(blocks=STORM, headline=title, liveBloggingNow="false")).title == "Storm on the Skerry coast"
    assert imported(item(blocks=STORM, headline=title)).title == title
    other = "Storm on the Skerry coast - as it happened!"
    assert imported(item(blocks=STORM, headline=other, liveBloggingNow="false")).title == other


def test_a_block_that_was_never_published_is_left_out_and_named() -> None:
    draft = block("d4", "<p>Not yet</p>", at=60, published="False")
    found = imported(item(blocks=[draft, *STORM]))
    assert [post.id for post in found.posts] == ["c3", "b2", "a1"]
    assert any("never published" in problem for problem in found.problems)


def test_every_wrapping_of_an_answer_is_opened() -> None:
    bare = imported(item(blocks=STORM))
    made = item(blocks=STORM)
    for wrapped in (
        {"content": made},
        {"response": {"status": "ok", "content": made}},
        {"response": {"results": [made]}},
    ):
        assert imported(wrapped) == bare


def test_requested_blocks_are_each_taken_once_and_in_order() -> None:
    made = item()
    made["blocks"] = {
        "totalBodyBlocks": 3,
        "requestedBodyBlocks": {
            "body:latest:2": STORM[:2],
            "body:oldest:1": STORM[2:],
            "body:key-events": [STORM[0], STORM[2]],
        },
    }
    found = imported(made)
    assert [post.id for post in found.posts] == ["c3", "b2", "a1"]
    assert not found.partial


def test_a_page_of_a_longer_blog_says_so_unless_the_html_has_all_of_it() -> None:
    made = item()
    made["blocks"] = {"totalBodyBlocks": 3, "requestedBodyBlocks": {"body:latest:2": STORM[:2]}}
    part = imported(made)
    assert part.partial
    assert any("2 of its 3 posts" in problem for problem in part.problems)
    made["fields"]["body"] = page(STORM)
    whole = imported(made)
    assert (len(whole.posts), whole.partial) == (3, False)


def test_elements_stand_in_where_a_block_has_no_html() -> None:
    elements = [
        {"type": "text", "textTypeData": {"html": "<p>Before the gale.</p><h2>At sea</h2>"}},
        {
            "type": "TWEET",
            "tweetTypeData": {
                "html": "<blockquote class='twitter-tweet'><p>Wet</p></blockquote>",
                "url": "https://twitter.com/skerry/status/8",
            },
        },
        {
            "type": "RICH_LINK",
            "richLinkTypeData": {
                "linkText": "How piers are built",
                "linkPrefix": "Related: ",
                "url": "https://paper.example/piers",
            },
        },
        {"type": "pullquote", "pullquoteTypeData": {"html": "<p>Stay in.</p>", "attribution": "Ines Calder"}},
        {
            "type": "image",
            "imageTypeData": {"alt": "Spray", "caption": "Spray.", "credit": "Photograph: O"},
            "assets": [
                {"file": "https://img.paper.example/1.jpg", "typeData": {"width": 500, "height": 300}},
                {"file": "https://img.paper.example/2.jpg", "typeData": {"width": "1000", "height": "600"}},
                {"file": "https://img.paper.example/3.jpg", "typeData": {"width": 5000}},
            ],
        },
        {"type": "video", "videoTypeData": {"originalUrl": "https://www.youtube.com/watch?v=1", "title": "Waves"}},
        {"type": "embed"},
        {"type": "table", "tableTypeData": {"html": "<table><tr><td>1</td></tr></table>"}},
    ]
    (post,) = imported(item(blocks=[block("e5", "", elements=elements)])).posts
    names = [type(one).__name__ for one in post.body.content]
    assert names == ["Paragraph", "Heading", "Social", "Card", "Quote", "Image", "Video", "Table"]
    picture = post.body.content[5]
    assert isinstance(picture, b.Image)
    assert (picture.attrs.src, picture.attrs.height) == ("https://img.paper.example/2.jpg", 600)


def test_readers_contributions_are_shown_as_what_they_are_and_counted_apart() -> None:
    html = (
        "<figure class='element element-witness element-witness-image'><div class='element-witness--main'>"
        "<img src='https://img.reader.example/1.jpg' alt='A roof'><figcaption><h3 class='element-witness--title'>Gone"
        "</h3></figcaption></div><footer><p class='element-witness--author'>"
        "<a class='element-witness--author-name'>Pip</a></p></footer></figure>"
        "<figure class='element element-comment' data-canonical-url='https://paper.example/c/1'>"
        "<span itemprop='givenName'>Windy</span><div class='d2-body'><p>Hold on tight.</p></div></figure>"
    )
    (post,) = imported(item(html=page([block("f6", html)]))).posts
    picture, quote = post.body.content
    assert isinstance(picture, b.Image)
    assert isinstance(quote, b.Quote)
    assert (picture.attrs.credit, picture.attrs.caption) == ("Pip/GuardianWitness", "Gone")
    assert (quote.attrs.cite, quote.attrs.url, b.text_of(quote.content[0])) == (
        "Windy",
        "https://paper.example/c/1",
        "Hold on tight.",
    )
    assert (post.converted.images, post.converted.quotes) == (1, 1)


def test_posts_without_ids_are_numbered_from_the_oldest_and_keep_their_ids_when_newer_ones_come() -> None:
    old = "".join(f"<div class='block'><h2 class='block-title'>No {n}</h2><p>Words {n}.</p></div>" for n in (2, 1))
    more = f"<div class='block'><p>Words 3.</p></div>{old}"
    first, second = imported(item(html=old)), imported(item(html=more))
    assert [post.id for post in second.posts][1:] == [post.id for post in first.posts]
    assert first.posts[-1].id.startswith("1-")
    assert first.made_ids


def test_a_page_from_before_blocks_is_divided_at_its_clock_times() -> None:
    html = "<p>Welcome.</p><p><strong>9.05am:</strong> Rain.</p><p>Much of it.</p><p><strong>1.15pm:</strong> Sun.</p>"
    found = imported(item(html=html))
    assert [b.plain(post.body) for post in found.posts] == ["1.15pm: Sun.", "9.05am: Rain.\n\nMuch of it.", "Welcome."]
    assert {post.published_at for post in found.posts} == {None}


def test_an_article_becomes_one_post_and_says_so() -> None:
    found = imported(item(html="<p>One long read.</p>"))
    assert [b.plain(post.body) for post in found.posts] == ["One long read."]
    assert any("article" in problem for problem in found.problems)


def test_a_tag_or_time_that_is_nonsense_is_the_same_as_none() -> None:
    made = item(blocks=[block("g7", "<p>x</p>", firstPublishedDate="yesterday", publishedDate=None)])
    made["tags"] = [{"id": 5, "type": ["contributor"], "webTitle": {}}, "tag"]
    (post,) = imported(made).posts
    assert post.published_at is None


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
