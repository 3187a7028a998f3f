"""Small words and verbs are a list that a newsroom can read and change, and a wrong line of it is named."""

import re
from pathlib import Path

import pytest

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.roles import pattern, roles
from tests.ledger.word_lists import written


def test_a_word_has_every_role_that_its_line_gives_it() -> None:
    assert {role for role, words in roles("es").items() if "hasta" in words} == {"awaits", "ends", "presenting"}
    assert "before" in roles("en")["unsure"] & roles("en")["by_the_clock"]
    assert not any(roles("fr").values())


def test_a_pattern_matches_either_apostrophe_and_nothing_where_there_is_no_word() -> None:
    assert all(re.fullmatch(pattern("en", "finite"), words) for words in ("isn’t", "isn't"))
    assert not re.search(pattern("en", "genitive"), "der von")


def test_a_role_that_there_is_not_is_a_fault_of_its_line(tmp_path: Path) -> None:
    written(tmp_path / "en/roles.txt", "betwixt = beside\nnigh = besides\n")
    with pytest.raises(lexicon.LexiconError, match=r"roles\.txt:2: .*Did you mean beside"):
        lexicon.use(tmp_path)
