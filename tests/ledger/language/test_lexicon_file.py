"""A file of phrases: its entries are read, and each fault of a line is reported with what to do."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.ledger.language import lexicon_file
from asithappened.ledger.language.forms import Column, Form
from tests.ledger.word_lists import KINDS, written

MORE = Form(columns=(Column(among=frozenset({"noun", "verb"})),), least=1, more=True)


NUMBERS = Form(columns=(Column(number=True),), least=1)


SHORT = Form(columns=KINDS.columns, least=1, takes={"deny": 2}, words=2)


MARKED = Form(columns=(Column(among=frozenset({"noun", "point", "comma"})),), least=1,
              settings={"decimal mark": frozenset({"point", "comma"})})  # fmt: skip


BARE = Form()


def test_a_list_is_phrases_and_values_and_comments_stand_where_they_like(tmp_path: Path) -> None:
    file = written(
        tmp_path / "verbs.txt",
        "\ufeff# verbs\r\n\r\nSaid = assert\r\n  ruled   out = deny, firmly  # of ministers\r\nn’t say = deny\n",
    )
    read = lexicon_file.read(file, KINDS)
    assert not read.faults
    assert read.entries == {"said": ("assert",), "ruled out": ("deny", "firmly"), "n't say": ("deny",)}


def test_a_mark_that_stands_by_itself_is_compared_as_a_word_is(tmp_path: Path) -> None:
    read = lexicon_file.read(written(tmp_path / "a.txt", "that said ,\n%\n$\n"), BARE)
    assert (list(read.entries), read.faults) == (["that said ,", "%", "$"], [])


def test_a_list_without_columns_is_phrases_alone(tmp_path: Path) -> None:
    read = lexicon_file.read(written(tmp_path / "a.txt", "gen\nlt col\n"), BARE)
    assert (read.entries, read.faults) == ({"gen": (), "lt col": ()}, [])


@pytest.mark.parametrize(
    ("form", "line", "said"),
    [
        (KINDS, "= assert", "no phrase"),
        (KINDS, "said = assert", "line 1 already"),
        (KINDS, "SAID = deny", "line 1 already"),
        (KINDS, "told = asert", "Did you mean assert?"),
        (KINDS, "told = shout", "There are assert, deny"),
        (KINDS, "told =", "Nothing stands after"),
        (KINDS, "told", "1 at least"),
        (KINDS, "told = deny, a, b", "2 at most"),
        (KINDS, "told = deny,", "before or after a comma"),
        (KINDS, "told = deny asked = deny", "two “=”"),
        (KINDS, "told\t= deny", "tab"),
        (KINDS, "to\u200bld = deny", "U+200B"),
        (KINDS, "“told” = deny", "quotation mark"),
        (KINDS, "told, = deny", "edge of the phrase"),
        (KINDS, "… = deny", "would match"),
        (KINDS, f"{'very ' * 40}long = deny", "100 is the most"),
        (MORE, "run = noun, verb, noun, verbs", "Did you mean verb?"),
        (NUMBERS, "dozen = twelve", "is no number"),
        (SHORT, "would never have said = assert", "has 4 words, and 2 are looked for"),
        (SHORT, "told = deny", "an entry here that is deny has 2 at least"),
        (MARKED, "run = point", "Only “decimal mark” can be point"),
        (MARKED, "decimal mark = noun", "“decimal mark” is comma or point here"),
        (BARE, "gen = deny", "0 at most"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_used_is_named_with_what_to_do(tmp_path: Path, form: Form, line: str, said: str) -> None:
    among = form.columns[0].among if form.columns else {""}
    value = next((word for word in ("assert", "noun") if word in among), "" if form is BARE else "1")
    first = f"said = {value}" if value else "said"
    [fault] = lexicon_file.read(written(tmp_path / "verbs.txt", f"{first}\n\n{line}\nlast{first[4:]}\n"), form).faults
    assert str(fault).startswith(f"{tmp_path / 'verbs.txt'}:3: ")
    assert said in str(fault)
    assert str(fault)[-1] in ".?"


def test_every_fault_of_a_list_is_named_and_not_the_first_alone(tmp_path: Path) -> None:
    read = lexicon_file.read(written(tmp_path / "a.txt", "= deny\nsaid = assert\ntold =\nasked = nothing\n"), KINDS)
    assert [fault.line for fault in read.faults] == [1, 3, 4]
    assert read.entries == {"said": ("assert",)}


@pytest.mark.parametrize(
    ("raw", "said"),
    [(b"said = assert\nch\xe9ri = deny\n", ":2: It is not UTF-8"), ("said = assert\n".encode("utf-16"), "UTF-8")],
)
def test_a_list_in_another_encoding_is_said_to_be(tmp_path: Path, raw: bytes, said: str) -> None:
    [fault] = lexicon_file.read(written(tmp_path / "a.txt", raw), KINDS).faults
    assert said in str(fault)


def test_what_is_no_list_is_not_read_to_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    film = written(tmp_path / "film.txt", b"")
    os.truncate(film, 2**40)
    for name, said in (("pipe", "no file"), ("film", "more than"), ("gone", "cannot be read")):
        [fault] = lexicon_file.read(tmp_path / f"{name}.txt", KINDS).faults
        assert said in str(fault)


@given(st.text())
def test_a_folded_text_is_as_long_as_it_was_and_folds_to_itself(text: str) -> None:
    folded = lexicon_file.folded(text)
    assert len(folded) == len(text)
    assert lexicon_file.folded(folded) == folded


def test_a_folded_text_is_small_and_its_apostrophes_are_plain() -> None:
    assert lexicon_file.folded("ISN’T İT\u00a0SO") == "isn't İt so"
