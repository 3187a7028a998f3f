"""Running text as people type it: what is written reads back the same, and signs that mean nothing stay signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import body
from asithappened.core.body import Bold, HardBreak, Italic, Link, LinkAttrs, Strike, Subscript, Superscript, Text
from asithappened.desk.forms import inline, inline_writing
from tests.desk import documents


@given(st.text(documents.LETTERS | st.just("\n"), max_size=30))
def test_whatever_is_typed_keeps_its_meaning_through_a_second_reading(typed: str) -> None:
    once = inline.read(typed)
    assert inline.read(inline_writing.write(once)) == once


@given(st.text(documents.LETTERS, max_size=30))
def test_no_letter_that_is_typed_is_lost(typed: str) -> None:
    kept = "".join(node.text for node in inline.read(typed) if isinstance(node, Text))
    kept += "".join(m.attrs.href for n in inline.read(typed) for m in getattr(n, "marks", ()) if isinstance(m, Link))
    for letter in "abé.":
        assert kept.count(letter) >= typed.count(letter)


@pytest.mark.parametrize("unit", ["[a", "[*", "[x](", "[x](a", "](a", "_{a", "*a **b ", "[a](b(", "\\", "x"])
def test_hostile_text_is_read_in_the_time_of_any_other(unit: str) -> None:
    inline.read(unit * (100_000 // len(unit)))  # what looks back at every sign takes minutes, and is ended by the limit


LINKED = Link(attrs=LinkAttrs(href="https://a.example/x_(y)"))


@pytest.mark.parametrize(
    ("typed", "content"),
    [
        ("plain words", (Text(text="plain words"),)),
        ("**bold**.", (Text(text="bold", marks=(Bold(),)), Text(text="."))),
        ("*italic*.", (Text(text="italic", marks=(Italic(),)), Text(text="."))),
        ("***both***", (Text(text="both", marks=(Bold(), Italic())),)),
        ("~~gone~~", (Text(text="gone", marks=(Strike(),)),)),
        ("H_{2}O", (Text(text="H"), Text(text="2", marks=(Subscript(),)), Text(text="O"))),
        ("m^{2}", (Text(text="m"), Text(text="2", marks=(Superscript(),)))),
        ("[here](https://a.example/x_(y))", (Text(text="here", marks=(LINKED,)),)),
        ("[see [1]](https://a.example/x_(y))", (Text(text="see [1]", marks=(LINKED,)),)),
        ("[**here**](https://a.example/x_(y))", (Text(text="here", marks=(LINKED, Bold())),)),
        ("one\ntwo", (Text(text="one"), HardBreak(), Text(text="two"))),
        (r"\*not\*", (Text(text="*not*"),)),
    ],
)  # fmt: skip
def test_signs_become_marks(typed: str, content: tuple[body.Inline, ...]) -> None:
    assert inline.read(typed) == content


@pytest.mark.parametrize(
    "typed",
    [
        "5 * 3 * 2", "****", "**", "a * b", "[sic] he said", "[so](he said)-ish words", "snake_case_name", "~5 km",
        r"C:\Users", "* * *", "2*3", "a}b", "[]()", "[](https://a.example/)", "\u201cquoted\u201d", "[a](not closed",
    ],
)  # fmt: skip
def test_signs_that_mean_nothing_stay_as_they_are(typed: str) -> None:
    assert inline.read(typed) == (Text(text=typed),)


@pytest.mark.parametrize(
    "typed",
    [
        "Leserinnen*innen und Bürger*innen sind eingeladen; Kolleg*innen auch.",
        "He called it f***ing sh*t and the ref a b*llocks-up.",
        "5*, 4* and 3* hotels are full.",
        "Booked: Smith* (*first yellow), Jones*",
        "2*3*4 = 24, and 10**6 is a million while 2**3**2 is not.",
        r"Nothing to see here ¯\_(ツ)_/¯",
        r"\o/ and ¯\(ツ)/¯ and C:\new_dir and \\server\share",
        "snake_case, x^2, ~5 to ~10, a~~b~~c and `a*b*c`",
        "https://a.example/*b*/c_d~~e~~f?x=**g** it is",
        "élan*vital* und हिन्दी*हिन्दी*",
        "(**two) things**",
        "f[0](x) and [sic](note)",
    ],
)
def test_a_sign_in_or_behind_a_word_is_a_sign(typed: str) -> None:
    assert inline.read(typed) == (Text(text=typed),)
    assert inline.read(inline_writing.write(inline.read(typed))) == (Text(text=typed),)


def test_marks_begin_where_words_begin_and_end_where_they_end() -> None:
    assert inline.read("He was *not* amused, **at all**.") == (
        Text(text="He was "),
        Text(text="not", marks=(Italic(),)),
        Text(text=" amused, "),
        Text(text="at all", marks=(Bold(),)),
        Text(text="."),
    )
    for typed, number in [("(*sic*) and “*sic*” and *sic*.", 3), ("*great :) really*", 1), ("这是**重点**内容", 1)]:
        assert sum(bool(node.marks) for node in inline.read(typed)) == number
        assert inline_writing.write(inline.read(typed)) == typed


def test_a_part_of_a_word_can_be_marked() -> None:
    content = (Text(text="un"), Text(text="believ", marks=(Bold(),)), Text(text="able"))
    assert inline_writing.write(content) == r"un\:**believ**\:able"
    assert inline.read(r"un\:**believ**\:able") == content
