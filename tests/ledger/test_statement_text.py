"""A statement reads as a sentence by itself: no "she said", no half quotation, and the verb where it needs one."""

import pytest

from asithappened.core import body
from asithappened.ledger import reading, suggested, views
from asithappened.ledger.accepted import AcceptedStatement
from asithappened.ledger.views import BlogView


def statements(*paragraphs: str) -> list[tuple[str, str]]:
    """Return who is suggested to have said what."""
    doc = body.with_ids(body.Doc(content=tuple(body.paragraph(words) for words in paragraphs)), seed="p")
    post = views.of_body("", doc, number=1, id="p1")
    found = reading.read(post, BlogView(posts=(post,)))
    rows = [one.row for one in suggested.suggested(post, found, (), [block.attrs.id for block in doc.content], "en")]
    return [(row.name, row.text) for row in rows if isinstance(row, AcceptedStatement)]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Mida accused Torland of carrying out checks too slowly, causing delays.",
         "Accused Torland of carrying out checks too slowly, causing delays"),
        ("Mida has denied slowing down the process.", "Has denied slowing down the process"),
        ("Mida confirmed that the bridge had been closed for good.", "The bridge had been closed for good"),
        ("The council said: “The bridge is safe, and it will stay open all night.”",
         "The bridge is safe, and it will stay open all night."),
        ("“The bridge is safe,” the council said. “It will stay open all night.”",
         "The bridge is safe. It will stay open all night."),
        ("“The bridge is safe,” the council said, “for now.”", "“The bridge is safe,” the council said, “for now.”"),
        ("Bo Lund said the names of “these people” would be read out at noon.",
         "The names of “these people” would be read out at noon"),
        ("Bo Lund told reporters it was a “fairly good” position.", "It was a “fairly good” position"),
    ],
)  # fmt: skip
def test_a_statement_is_a_sentence_by_itself(printed: str, text: str) -> None:
    assert text in [said for _, said in statements(printed)]


def test_what_is_told_in_passing_of_what_the_sentence_names_before_is_none() -> None:
    told = "A film of the flood that Mida said drowned 40 sheep and which it has blamed on a gate is below."
    assert statements(told) == []
    assert [said for _, said in statements("He says that Mida has blamed the mayor for it.")]


def test_quoted_words_that_are_no_sentence_come_with_the_one_that_they_stand_in() -> None:
    said = [text for _, text in statements("The leaders are to meet on a “free and open sea”, the White House said.")]
    assert said == ["The leaders are to meet on a “free and open sea”"]


def test_what_keeps_its_quotation_marks_is_no_direct_quotation_which_readers_are_given_in_marks() -> None:
    words = "“The names of these people” will be read out, Bo Lund said. “It is time to know them all.”"
    doc = body.with_ids(body.Doc(content=(body.paragraph(words),)), seed="p")
    post = views.of_body("", doc, number=1, id="p1")
    found = suggested.suggested(post, reading.read(post, BlogView(posts=(post,))), (), [doc.content[0].attrs.id], "en")
    rows = [one.row for one in found if isinstance(one.row, AcceptedStatement)]
    assert rows
    for row in rows:
        assert row.quote == ("mixed" if "“" in row.text else "direct")


def test_the_address_of_a_picture_is_no_part_of_what_was_said() -> None:
    [(_, text)] = statements("Bo Lund said: “The bridge is closed tonight, use the ferry. https://t.example/sTvI8”")
    assert text.strip("“”") == "The bridge is closed tonight, use the ferry."


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("A report said the bridge had been closed for years.", "a report"),
        ("The army said the bridge had been closed for years.", "the army"),
        ("Several witnesses said the bridge had been closed for years.", "several witnesses"),
        ("Bo Lund said the bridge had been closed for years.", "Bo Lund"),
        ("State Rail said the bridge had been closed for years.", "State Rail"),
    ],
)
def test_who_has_no_name_is_named_as_printed_in_the_middle_of_a_sentence(printed: str, name: str) -> None:
    assert [by for by, _ in statements(printed)] == [name]


def test_a_statement_is_cut_where_a_sentence_ends() -> None:
    [(_, text)] = statements("Bo Lund said: “" + "The bridge is closed tonight, and the ferry runs. " * 40 + "”")
    assert text.endswith("the ferry runs.")
    assert 900 < len(text) <= 1_000


def test_hedges_are_those_of_what_was_said_and_not_of_the_rest_of_the_sentence() -> None:
    words = "Nobody has claimed responsibility, although Bo Lund said he was “glad to see it” happen at last."
    doc = body.with_ids(body.Doc(content=(body.paragraph(words),)), seed="p")
    post = views.of_body("", doc, number=1, id="p1")
    found = suggested.suggested(post, reading.read(post, BlogView(posts=(post,))), (), [doc.content[0].attrs.id], "en")
    assert [one.row.hedges for one in found if isinstance(one.row, AcceptedStatement)] == [()]
