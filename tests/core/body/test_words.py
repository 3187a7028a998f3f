"""Promises of `core.body.words`: the text of a block, in code points."""

from asithappened.core import body


def test_offsets_count_code_points() -> None:
    block = body.Paragraph(content=(body.Text(text="😀é"), body.HardBreak(), body.Text(text="x", marks=(body.Bold(),))))
    assert body.text_of(block) == "😀é\nx"
    assert len(body.text_of(block)) == 4


def test_a_block_of_blocks_is_their_words_a_line_each() -> None:
    item = body.ListItem(content=(body.paragraph("one"), body.paragraph("")))
    quote = body.Quote(attrs=body.QuoteAttrs(cite="Port"), content=(body.BulletList(content=(item, item)),))
    assert body.text_of(quote) == "one\none\nPort"


def test_a_document_is_its_blocks_with_a_blank_line_between_and_none_for_what_says_nothing() -> None:
    picture = body.Image(attrs=body.ImageAttrs(alt="A wave", credit="I. Calloway"))
    said = body.Social(attrs=body.SocialAttrs(text="Closed.", author="Port", handle="@port"))
    doc = body.Doc(content=(body.paragraph("Words."), body.paragraph(""), picture, said))
    assert body.plain(doc) == "Words.\n\nA wave\nI. Calloway\n\nClosed.\nPort\n@port"
