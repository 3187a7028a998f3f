"""A body as fieldsets: opening a post to edit it and saving it unchanged changes nothing at all."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.core import body
from asithappened.desk.forms import blocks
from asithappened.desk.forms.blocks import Fieldset
from tests.desk import documents


def sent(fieldsets):
    """Return what a browser sends for these fieldsets, as `read_fieldsets` gives it back."""
    data = {}
    for n, fieldset in enumerate(fieldsets):
        data |= {f"b-{n}-kind": fieldset.kind, f"b-{n}-was": " ".join(fieldset.was)}
        data |= {f"b-{n}-{name}": value.replace("\n", "\r\n") for name, value in fieldset.values.items()}
    return blocks.read_fieldsets(data)


@settings(max_examples=200)
@given(documents.documents())
def test_a_document_survives_the_form_exactly(doc):
    read = blocks.doc_of(sent(blocks.fieldsets_of(doc)), seed="post", old=doc)
    assert read.errors == {}
    assert read.doc == doc


@settings(max_examples=100)
@given(documents.documents(), st.randoms(use_true_random=False))
def test_blocks_keep_their_ids_wherever_they_are_moved(doc, random):
    fieldsets = blocks.fieldsets_of(doc)
    random.shuffle(fieldsets)
    read = blocks.doc_of(fieldsets, seed="post", old=doc)
    assert read.errors == {}
    assert {b.attrs.id: b for b in read.doc.content} == {b.attrs.id: b for b in doc.content}


def test_a_mended_typo_keeps_the_paragraphs_id():
    doc = body.with_ids(body.Doc(content=(body.paragraph("One."), body.paragraph("Tow."))), seed="p")
    (fieldset,) = blocks.fieldsets_of(doc)
    mended = blocks.replace_values(fieldset, {"text": "One.\r\n\r\nTwo."})
    read = blocks.doc_of([mended], seed="p", old=doc)
    assert [b.attrs.id for b in read.doc.content] == [b.attrs.id for b in doc.content]
    assert body.plain(read.doc) == "One.\n\nTwo."


def test_paragraphs_that_follow_one_another_share_one_field():
    doc = body.with_ids(body.Doc(content=tuple(map(body.paragraph, ["One.", "Two.", "Three."]))), seed="p")
    assert [f.values for f in blocks.fieldsets_of(doc)] == [{"text": "One.\n\nTwo.\n\nThree."}]


def test_a_list_in_a_list_in_a_quotation_is_kept_as_it_is():
    inner = body.BulletList(content=(body.ListItem(content=(body.paragraph("deep"),)),))
    outer = body.BulletList(content=(body.ListItem(content=(body.paragraph("a"), inner)),))
    doc = body.with_ids(body.Doc(content=(body.Quote(content=(outer,)),)), seed="p")
    (fieldset,) = blocks.fieldsets_of(doc)
    assert fieldset.kind == blocks.KEPT
    assert blocks.doc_of(sent([fieldset]), seed="p", old=doc).doc == doc


def test_a_kept_block_that_comes_back_as_something_else_is_refused():
    for raw in ['{"type":"script"}', "{", '{"type":"image","attrs":{"src":"javascript:x"}}', "[" * 100_000]:
        read = blocks.doc_of([Fieldset(kind=blocks.KEPT, values={"json": raw})], seed="p")
        assert list(read.errors) == [0]


def test_an_empty_fieldset_makes_no_block():
    fieldsets = [Fieldset(kind=kind) for kind in blocks.KINDS]
    assert blocks.doc_of(fieldsets, seed="p") == blocks.Read(doc=body.Doc(), errors={})


def test_a_picture_needs_a_description_unless_it_says_nothing():
    def errors(**values):
        picture = Fieldset(kind="picture", values={"src": "https://a.example/x.jpg", **values})
        return blocks.doc_of([picture], seed="p").errors

    assert "alt" in errors()[0]
    assert errors(alt="A flooded street") == {}
    assert errors(decorative="on") == {}


def test_an_archives_picture_without_description_does_not_stop_an_edit_elsewhere():
    picture = body.Image(attrs=body.ImageAttrs(src="https://a.example/x.jpg"))
    doc = body.with_ids(body.Doc(content=(picture, body.paragraph("Tow"))), seed="p")
    first, second = blocks.fieldsets_of(doc)
    read = blocks.doc_of([first, blocks.replace_values(second, {"text": "Two"})], seed="p", old=doc)
    assert read.errors == {}


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("text", {"text": "[a](javascript:alert(1))"}, "text"),
        ("picture", {"src": "data:text/html,x", "alt": "x"}, "src"),
        ("social", {"platform": "The Bird", "text": "x"}, "platform"),
        ("social", {"date": "yesterday", "text": "x"}, "date"),
        ("card", {"url": "https://user@evil.example/"}, "url"),
        ("quote", {"cite": "Somebody"}, "text"),
        ("heading", {"text": "x" * 400_000}, "text"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(kind, values, field):
    read = blocks.doc_of([Fieldset(kind=kind, values=values)], seed="p")
    assert list(read.errors[0]) == [field]
    assert "paragraph '" not in read.errors[0][field]  # nobody at the desk has ever seen a block's id


def test_bars_tabs_and_markdowns_own_tables_make_the_same_table():
    tables = [
        blocks.doc_of([Fieldset(kind="table", values={"rows": rows, "header": "on"})], seed="p").doc
        for rows in ("a | b\n1 | 2", "a\tb\r\n1\t2", "| a | b |\n| 1 | 2 |")
    ]
    assert tables[0] == tables[1] == tables[2]
    assert [[c.attrs.header for c in row.content] for row in tables[0].content[0].content] == [[True] * 2, [False] * 2]


def test_bullets_pasted_with_their_bullets_lose_them():
    doc = blocks.doc_of([Fieldset(kind="bullets", values={"items": "• one\n- two\n\nthree"})], seed="p").doc
    assert body.text_of(doc.content[0]).split("\n") == ["one", "two", "three"]


def test_buttons_add_move_and_remove_fieldsets_and_say_where_to_look():
    text, quote = Fieldset(kind="text", values={"text": "x"}), Fieldset(kind="quote")
    assert blocks.changed([text], "add:quote") == ([text, quote], 1)
    assert blocks.changed([text, quote], "up:1") == ([quote, text], 0)
    assert blocks.changed([text, quote], "down:0") == ([quote, text], 1)
    assert blocks.changed([text, quote], "remove:0") == ([quote], 0)
    for nothing in ("up:0", "down:1", "remove:7", "add:virus", "remove:x", ""):
        assert blocks.changed([text, quote], nothing) == ([text, quote], None)


def test_a_fieldset_of_no_known_kind_is_refused():
    assert list(blocks.doc_of([replace(Fieldset(kind="text"), kind="virus")], seed="p").errors) == [0]


@pytest.mark.parametrize("soft", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_soft_line_end_is_a_line_end_in_text_and_a_space_in_a_line_and_a_cell(soft):
    fieldsets = [
        Fieldset(kind="text", values={"text": f"closed{soft}South"}),
        Fieldset(kind="quote", values={"text": "x", "cite": f"Ann{soft}Lee\u00a0Roe"}),
        Fieldset(kind="table", values={"rows": f"a{soft}b | c"}),
        Fieldset(kind="heading", values={"text": f"a{soft}b"}),
    ]
    read = blocks.doc_of(fieldsets, seed="p")
    assert read.errors == {}
    paragraph, quote, table, heading = read.doc.content
    assert body.text_of(paragraph) == "closed\nSouth"
    assert quote.attrs.cite == "Ann Lee\u00a0Roe"
    assert [body.text_of(cell) for cell in table.content[0].content] == ["a b", "c"]
    assert body.text_of(heading) == "a b"


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d\u200c", " \u2060 ", "\ufeff", "\u3164"])
def test_what_nobody_can_see_is_no_paragraph_item_or_caption(unseen):
    fieldsets = [
        Fieldset(kind="text", values={"text": f"{unseen}\n\nWords\n\n{unseen}"}),
        Fieldset(kind="bullets", values={"items": f"a\n{unseen}"}),
        Fieldset(kind="heading", values={"text": unseen}),
        Fieldset(kind="picture", values={"alt": unseen, "caption": unseen}),
    ]
    doc = blocks.doc_of(fieldsets, seed="p").doc
    assert [body.text_of(block) for block in doc.content] == ["Words", "a"]


def test_a_long_paragraph_of_signs_is_shown_to_be_edited_or_carried_along_whole():
    doc = body.with_ids(body.Doc(content=(body.paragraph("*a [" * 12_000),)), seed="p")
    assert blocks.doc_of(blocks.fieldsets_of(doc), seed="p", old=doc).doc == doc


@pytest.mark.parametrize("words", ["a|b", "a\\|b", "a\\", "\\\\|", "|"])
def test_a_bar_in_a_cell_is_text(words):
    row = body.Row(content=tuple(body.Cell(content=(body.paragraph(one),)) for one in (words, "x")))
    doc = body.with_ids(body.Doc(content=(body.Table(content=(row,)),)), seed="p")
    (fieldset,) = blocks.fieldsets_of(doc)
    assert fieldset.kind == "table"
    assert blocks.doc_of([fieldset], seed="p", old=doc).doc == doc


def test_too_much_text_is_refused_at_its_field_before_any_block_is_named():
    read = blocks.doc_of([Fieldset(kind="text", values={"text": "x\n\n" * 8_000})], seed="p")
    assert "parts" in read.errors[0]["text"]
