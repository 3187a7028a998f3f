"""The lists of words: each is found by its language and name, and a newsroom's own change ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.forms import FORMS
from asithappened.ledger.language.lexicon import LexiconError
from tests.ledger.word_lists import KINDS, written


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
