"""A Content API answer's blocks: each once and in order, whatever holds them."""

from asithappened.core import body as b
from tests.importers.files import STORM, block, item, page
from tests.importers.formats.guardian.read_back import imported


def test_a_block_that_was_never_published_is_left_out_and_named() -> None:
    draft = block("d4", "<p>Not yet</p>", at=60, published="False")
    found = imported(item(blocks=[draft, *STORM]))
    assert [post.id for post in found.posts] == ["c3", "b2", "a1"]
    assert any("never published" in problem for problem in found.problems)


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
