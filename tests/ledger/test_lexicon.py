"""Promises of the lists of words: what stands in one is found, what is wrong with one is said with its line."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.ledger import lexicon, lexicon_file
from asithappened.ledger.forms import FORMS, Column, Form
from asithappened.ledger.lexicon import LexiconError

KINDS = Form(columns=(Column(among=frozenset({"assert", "deny"})), Column()), least=1)
MORE = Form(columns=(Column(among=frozenset({"noun", "verb"})),), least=1, more=True)
NUMBERS = Form(columns=(Column(number=True),), least=1)
SHORT = Form(columns=KINDS.columns, least=1, takes={"deny": 2}, words=2)
MARKED = Form(columns=(Column(among=frozenset({"noun", "point", "comma"})),), least=1,
              settings={"decimal mark": frozenset({"point", "comma"})})  # fmt: skip
BARE = Form()


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program whose lists are verbs in English, and nothing else."""
    folder = tmp_path / "ours"
    (folder / "en").mkdir(parents=True)
    (folder / "en/verbs.txt").write_text("said = assert\ndenied = deny, firmly\n", "utf-8")
    monkeypatch.setattr(lexicon, "OURS", folder)
    monkeypatch.setitem(FORMS, "verbs", KINDS)
    lexicon.use(None)
    yield folder
    monkeypatch.undo()
    lexicon.use(None)


@pytest.fixture
def own(ours: Path) -> Path:
    """A newsroom's own folder, with a folder for English in it."""
    folder = ours.parent / "own"
    (folder / "en").mkdir(parents=True)
    return folder


def written(path: Path, words: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words.encode() if isinstance(words, str) else words)
    return path


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
    folded = lexicon.folded(text)
    assert len(folded) == len(text)
    assert lexicon.folded(folded) == folded


def test_a_folded_text_is_small_and_its_apostrophes_are_plain() -> None:
    assert lexicon.folded("ISN’T İT\u00a0SO") == "isn't İt so"


def test_ours_are_found_by_language_and_name(ours: Path) -> None:
    assert lexicon.load("en-GB", "verbs") == {"said": ("assert",), "denied": ("deny", "firmly")}
    assert lexicon.load("fr", "verbs") == {}
    assert lexicon.load("../en", "verbs") == {}
    with pytest.raises(KeyError, match="There is no list 'verb': there are verbs"):
        lexicon.load("en", "verb")


def test_a_fault_in_ours_stops_whoever_needs_the_list(ours: Path) -> None:
    written(ours / "en/verbs.txt", "said = asserted\n")
    with pytest.raises(LexiconError, match=r"verbs\.txt:1: “asserted” is nothing that can stand here"):
        lexicon.load("en", "verbs")
    assert [fault.line for fault in lexicon.faults_in()] == [1]


def test_a_newsrooms_own_entries_add_to_ours_replace_them_and_take_them_out(own: Path) -> None:
    written(own / "en/verbs.txt", "said = deny\nquipped = assert\ndenied =  # never here\n")
    lexicon.use(own)
    assert lexicon.load("en", "verbs") == {"said": ("deny",), "quipped": ("assert",)}
    lexicon.use(None)
    assert lexicon.load("en", "verbs") == {"said": ("assert",), "denied": ("deny", "firmly")}


def test_a_newsroom_may_have_a_language_that_we_have_not(own: Path) -> None:
    written(own / "fr/verbs.txt", "a dit = assert\n")
    lexicon.use(own)
    assert lexicon.load("fr-CA", "verbs") == {"a dit": ("assert",)}


def test_what_was_made_of_lists_is_made_again_when_others_are_used(own: Path) -> None:
    @lexicon.kept
    def phrases(language: str) -> list[str]:
        return sorted(lexicon.load(language, "verbs"))

    assert phrases("en") == ["denied", "said"]
    assert phrases("en") is phrases("en")
    written(own / "en/verbs.txt", "quipped = assert\n")
    lexicon.use(own)
    assert phrases("en") == ["denied", "quipped", "said"]


def test_a_folder_with_a_fault_changes_nothing_and_every_fault_is_named(own: Path) -> None:
    written(own / "en/verbs.txt", "quipped = assert\ndenies =\n")
    written(own / "en/verb.txt", "said = assert\n")
    written(own / "verbs.txt", "said = assert\n")
    written(own / "english/verbs.txt", "said = assert\n")
    written(own / "en/verbs.csv", "said;assert\n")
    written(own / "en/.DS_Store", b"\x00\x01")
    with pytest.raises(LexiconError) as refused:
        lexicon.use(own)
    said = {str(fault).removeprefix(f"{own}/") for fault in refused.value.faults}
    assert {line.partition(": ")[0] for line in said} == {
        "en/verbs.txt:2", "en/verb.txt", "verbs.txt", "english/verbs.txt", "en/verbs.csv",
    }  # fmt: skip
    assert any("no “denies” in ours to take out. Did you mean “denied”?" in line for line in said)
    assert any("Did you mean verbs.txt?" in line for line in said)
    assert lexicon.load("en", "verbs")["said"] == ("assert",)
    assert "quipped" not in lexicon.load("en", "verbs")


def test_a_folder_that_is_not_there_is_no_fault(ours: Path) -> None:
    lexicon.use(ours / "nowhere")
    assert lexicon.load("en", "verbs")


def test_nothing_is_wrong_with_our_own_lists() -> None:
    assert [str(fault) for fault in lexicon.faults_in()] == []


def test_english_has_every_list_that_another_language_has() -> None:
    assert {path.stem for path in lexicon.OURS.glob("*/*.txt")} <= lexicon.names()


def test_what_may_stand_in_a_list_is_said_of_every_list() -> None:
    assert lexicon.names() <= FORMS.keys()
