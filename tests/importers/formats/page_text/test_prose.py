"""Whose words a paragraph is, and what is a headline."""

from asithappened.core import body as b
from tests.importers.formats.page_text.pages import one_post, read, shape


def test_a_quotation_ends_where_its_narrator_speaks_again() -> None:
    post = one_post(
        "The mayor, Ines Calder, told the radio:\n\nWe have no boats.\n\nWe have no bread.\n\n"
        "Calder is the first mayor of the island.\n\nAsked about the school, she said it was dry."
    )
    assert shape(post) == ["Paragraph", "Quote", "Paragraph", "Paragraph"]
    assert b.text_of(post.body.content[1]) == "We have no boats.\nWe have no bread."


def test_a_headline_after_a_colon_begins_the_next_post() -> None:
    found = read(
        "Title\n\nLast modified: 01: 00 PM\n\nA standfirst.\n\nRead our report on the boats here:\n\n"
        "Pier closes for the winter\n\nThe pier is closed, the harbour master said.\n\nUpdated\n"
    )
    assert [(post.title, post.updated) for post in found.posts] == [("", False), ("Pier closes for the winter", True)]
