"""Every word of the page is in every language's catalogue, and the compiled catalogues are those very ones."""

import re

import polib
import pytest

from asithappened.render.edition import SPOKEN
from tests.render import catalogue

LANGUAGES = sorted(catalogue.LANGUAGES)


def test_the_spoken_languages_are_english_and_those_with_a_catalogue() -> None:
    assert set(SPOKEN) == {"en", *LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_what_is_said_and_nothing_else(language: str) -> None:
    po = polib.pofile(str(catalogue.path_of(language)))
    held = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in po if not entry.obsolete}
    assert held == set(catalogue.said()), "run: python -m tests.render.catalogue, and translate what is new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated_with_the_same_blanks_to_fill(language: str) -> None:
    po = polib.pofile(str(catalogue.path_of(language)))
    plurals = int(re.match(r"nplurals=(\d)", po.metadata["Plural-Forms"])[1])  # type: ignore[index]
    for entry in po:
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        assert len(forms) == (plurals if entry.msgid_plural else 1), entry.msgid
        assert all(forms), f"not translated: {entry.msgid}"
        blanks = set(re.findall(r"%\(\w+\)s", entry.msgid_plural or entry.msgid))
        for form in forms:
            # "One new update" may spell its number; no form may ask for what is not there.
            assert set(re.findall(r"%\(\w+\)s", form)) in ((blanks, set()) if entry.msgid_plural else (blanks,))
        assert "fuzzy" not in entry.flags


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_source(language: str) -> None:
    path = catalogue.path_of(language)
    assert path.with_suffix(".mo").read_bytes() == polib.pofile(str(path)).to_binary()


def test_no_string_hides_from_extraction_in_an_f_string() -> None:
    for path in (catalogue.SOURCE / "render").glob("*.py"):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            assert not re.search(r"\{[^{}]*\b(_|gettext|ngettext|pgettext)\(", line), f"{path.name}:{number}"


def test_no_template_holds_a_word_of_its_own() -> None:
    for path in (catalogue.SOURCE / "render/templates").rglob("*.html"):
        text = re.sub(r"\{#.*?#\}|\{% blocktranslate.*?endblocktranslate %\}", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text)
        text = re.sub(r"<[^<>]*>", "", re.sub(r"<!--.*?-->|<!doctype html>", "", text))
        assert not re.search(r"\w", text), f"{path.name}: {text.split()}"
