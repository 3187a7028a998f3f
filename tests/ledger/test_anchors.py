"""An anchor finds its words again after an edit, or is stale."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from asithappened.core import body
from asithappened.core.ledger_events import Anchor
from asithappened.ledger import anchors, views
from asithappened.ledger.views import PostView


def post(*paragraphs: str) -> PostView:
    """Return a post of paragraphs."""
    doc = body.Doc(content=tuple(body.paragraph(words) for words in paragraphs))
    return views.of_body("", body.with_ids(doc, seed="p"), number=1, id="p1")


def resting_on(words: str, view: PostView) -> Anchor:
    """Return the anchor of the first such words."""
    start = view.text.index(words)
    return anchors.anchor(view, start, start + len(words))


def test_words_are_found_where_they_were_moved_to() -> None:
    was = post("At dawn 63 people were missing.", "By noon 63 people were found.")
    second = resting_on("63 people were found", was)
    assert second.block == was.parts[1].block
    now = post("New first words.", "At dawn 63 people were missing.", "By noon 63 people were found.")
    start, end = anchors.find(second, now) or (0, 0)
    assert now.text[start:end] == "63 people were found"
    assert anchors.find(second, was) == (second.start, second.end)


def test_of_the_same_words_twice_those_are_found_around_which_the_same_stands() -> None:
    was = post("At dawn 63 people were missing.", "By noon 63 people were home.")
    second = replace(resting_on("63 people were home", was), exact="63 people", suffix=" were home.")
    now = post("More.", "At dawn 63 people were missing.", "By noon 63 people were home.")
    assert anchors.find(second, now) == (now.text.rindex("63 people"), now.text.rindex("63 people") + 9)


def test_words_that_are_gone_or_stand_there_twice_without_what_was_around_them_are_stale() -> None:
    was = post("At dawn 63 people were missing.")
    anchor = resting_on("63 people", was)
    assert anchors.find(anchor, post("At dawn 89 people were missing.")) is None
    assert anchors.find(anchor, post("Some 63 people there,", "and 63 people here.")) is None


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1), st.data()
)
def test_an_anchor_is_found_in_the_post_that_it_was_made_of(paragraphs: list[str], data: st.DataObject) -> None:
    view = post(*paragraphs)
    if not view.text:
        return
    start = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(start + 1, len(view.text)))
    assert anchors.find(anchors.anchor(view, start, end), view) == (start, end)
