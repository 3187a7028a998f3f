"""Promises of `core.body.walking`: every block once, outer before inner, and every file of ours that is shown."""

from hypothesis import given

from asithappened.core import body
from asithappened.core.body.walking import blocks, children_of, inline_of, media_of, with_depth
from tests import strategies


def nested() -> body.Doc:
    """Return a list in a list in a quotation, and a paragraph below."""
    inner = body.BulletList(content=(body.ListItem(content=(body.paragraph("inner"),)),))
    outer = body.OrderedList(content=(body.ListItem(content=(body.paragraph("outer"), inner)),))
    return body.Doc(content=(body.Quote(content=(outer,)), body.paragraph("below")))


def test_blocks_come_outer_before_inner_in_reading_order_each_with_its_depth() -> None:
    assert [(type(block).__name__, depth) for block, depth in with_depth(nested())] == [
        ("Quote", 1), ("OrderedList", 2), ("ListItem", 3), ("Paragraph", 4),
        ("BulletList", 4), ("ListItem", 5), ("Paragraph", 6), ("Paragraph", 1),
    ]  # fmt: skip


@given(strategies.docs())
def test_every_block_is_met_once_and_has_either_blocks_or_running_text(doc: body.Doc) -> None:
    met = list(blocks(doc))
    assert len({id(block) for block in met}) <= len(met) == len(doc.content) + sum(len(children_of(b)) for b in met)
    assert not [block for block in met if children_of(block) and inline_of(block)]


def test_every_file_of_ours_that_a_body_shows_is_named_with_its_digest_and_nothing_else() -> None:
    doc = body.Doc(
        content=(
            body.Gallery(content=(body.Image(attrs=body.ImageAttrs(media="a", digest="1")),)),
            body.Image(attrs=body.ImageAttrs(src="https://pictures.example/a.jpg")),
            body.Video(
                attrs=body.MediaAttrs(
                    media="b", digest="2", poster="c", poster_digest="3", captions="d", captions_digest="4"
                )
            ),
            body.Audio(attrs=body.MediaAttrs(url="https://sounds.example/a")),
        )
    )
    assert media_of(doc) == {"a": "1", "b": "2", "c": "3", "d": "4"}
