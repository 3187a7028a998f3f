"""A plain page's units as blocks: pictures, quotations, lists by their indent."""

from asithappened.core import body as b
from tests.importers.formats.page_text.pages import one_post, read, shape


def test_a_quotation_follows_a_colon_and_a_photo_is_alt_then_caption_and_credit() -> None:
    warning = read().posts[3]
    assert shape(warning) == ["Paragraph", "Quote", "Paragraph", "Image"]
    photo = warning.body.content[3]
    assert isinstance(photo, b.Image)
    assert (photo.attrs.alt, photo.attrs.caption) == ("A pier under spray.", "The pier at nine.")
    assert photo.attrs.credit == "Photograph: Ola Brandt/Coast Pictures"


def test_lists_inside_lists_are_known_by_their_indent() -> None:
    post = one_post("Scores\n\n  • Home\n    • one\n    • two\n\n  • Away\n    late\n\n  1. First")
    assert post.title == "Scores"
    (items,) = post.body.content
    assert isinstance(items, b.BulletList)
    home, away, *_ = items.content
    assert [type(one).__name__ for one in home.content] == ["Paragraph", "BulletList"]
    assert b.text_of(away) == "late" or b.text_of(away) == "Away\nlate"
