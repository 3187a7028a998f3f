"""The words of the desk's scripts: each that a script says is in the page."""

import re
from pathlib import Path

from django.utils import translation

from asithappened.desk.views.words import COUNTED, WORDS, words

FRONTEND = Path(__file__).parents[2] / "frontend" / "desk"
SAID = re.compile(r"""\bt\(\s*["`]([\w.${}]+)["`]""")


def said_by_scripts() -> set[str]:
    """Return every name that a script says; of one that is put together, what stands before the first brace."""
    return {name for file in FRONTEND.rglob("*.ts") for name in SAID.findall(file.read_text())}


def test_every_word_that_a_script_says_is_handed_to_it() -> None:
    whole = {name for name in said_by_scripts() if "$" not in name}
    assert whole - WORDS.keys() - COUNTED.keys() == set()


def test_counted_words_come_in_every_plural_form_of_the_language() -> None:
    with translation.override("ar"):
        told = words()
    assert told["lang"] == "ar"
    assert set(told["words"]["above"]) == {"zero", "one", "two", "few", "many", "other"}


def test_what_a_script_fills_in_is_left_for_it() -> None:
    assert "{n}" in words()["words"]["above"]["other"]
