"""The desk is whole in German: what it says, and what it refuses."""

import ast
import re

import polib
import pytest

from asithappened.core.rules import Refusal
from asithappened.desk.refusals import sentence
from tests.desk import catalogue

PO = polib.pofile(str(catalogue.PATH))


def test_what_is_translated_has_the_same_blanks_to_fill_and_nothing_is_a_guess() -> None:
    for entry in PO:
        assert "fuzzy" not in entry.flags
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        blanks = set(re.findall(r"%\(\w+\)s|\{\w*\}", entry.msgid_plural or entry.msgid))
        for form in filter(None, forms):
            found = set(re.findall(r"%\(\w+\)s|\{\w*\}", form))
            # "One note" may spell its number; no form may ask for what is not there.
            assert found <= blanks if entry.msgid_plural else found == blanks, entry.msgid


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    assert catalogue.PATH.with_suffix(".mo").read_bytes() == PO.to_binary()


def test_every_refusal_is_a_sentence_that_can_be_translated() -> None:
    for file, line, says in catalogue.refusals():
        # The desk may translate where it refuses; the rooms below it know no languages.
        bad = ast.JoinedStr if file.startswith("desk/") else (ast.JoinedStr, ast.Call, ast.Name)
        assert not isinstance(says, bad), f"{file}:{line}: a constant with blanks, and what fills them beside it"


def test_everything_that_the_desk_says_is_said_in_german_and_nothing_else_is() -> None:
    held = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in PO if not entry.obsolete}
    assert held == set(catalogue.said()), "run: python -m tests.desk.catalogue, and translate what is new"
    for entry in PO:
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        assert len(forms) == (2 if entry.msgid_plural else 1), entry.msgid
        assert all(forms), f"not translated: {entry.msgid}"


@pytest.mark.parametrize(("language", "told"), [
    ("en", "Ines is on already."), ("de", "Ines ist schon im Dienst."),
])  # fmt: skip
def test_a_refusal_is_said_in_the_language_of_who_asks(language: str, told: str) -> None:
    from django.utils.translation import override

    refusal = Refusal("unchanged", "{name} is on already.", {"name": "Ines"})
    with override(language):
        assert sentence(refusal) == told
    assert refusal.message == "Ines is on already."


def test_what_fills_a_blank_is_never_taken_for_a_blank() -> None:
    assert sentence(Refusal("unchanged", "{name} is on already.", {"name": "{0} {name}"})).startswith("{0} {name}")
    assert sentence(Refusal("empty", "Braces {stay} where nothing fills them.")) == (
        "Braces {stay} where nothing fills them."
    )
