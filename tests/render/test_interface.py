"""The words of the reader's script: all of them, in its language, with the digits of the blog's."""

import json
from typing import Any

import pytest
from babel import Locale
from django.utils.translation import ngettext

from asithappened.render.edition import edition_of
from asithappened.render.interface import interface
from tests.render import catalogue
from tests.render.blogs import blog

LANGUAGES = sorted(catalogue.LANGUAGES)


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_script_has_every_plural_form_of_its_language(language: str) -> None:
    edition = edition_of(blog(language=language))
    with edition.speaking():
        words = json.loads(interface(edition))
    assert set(words["new"]) == Locale.parse(language).plural_form.tags | {"other"}
    assert "%(n)s" in words["new"]["other"]
    assert "%(time)s" in words["yours"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fa",
            {"lang": "en", "dir": "ltr", "numbers": "en-u-nu-latn", "dates": ["fa-u-nu-arabext", "en-GB-u-nu-arabext"]},
        ),
        (
            "ar-EG",
            {"lang": "ar", "dir": "rtl", "numbers": "ar-u-nu-arab", "dates": ["ar-EG-u-nu-arab", "en-GB-u-nu-arab"]},
        ),
        (
            "en",
            {"lang": "en", "dir": "ltr", "numbers": "en-u-nu-latn", "dates": ["en-GB-u-nu-latn", "en-GB-u-nu-latn"]},
        ),
        ("zh-Hant-TW", {"lang": "en", "dates": ["zh-Hant-TW-u-nu-latn", "en-GB-u-nu-latn"]}),
        ("tlh", {"lang": "en", "dates": ["en-GB-u-nu-latn", "en-GB-u-nu-latn"]}),
    ],
)
def test_the_script_is_told_whose_words_and_digits_to_use(language: str, expected: dict[str, Any]) -> None:
    edition = edition_of(blog(language=language))
    with edition.speaking():
        told = json.loads(interface(edition))
    assert {name: told[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("es", {1: "1 actualización nueva", 2: "2 actualizaciones nuevas", 10**6: "1000000 de actualizaciones nuevas"}),
        (
            "uk",
            {1: "1 нове", 3: "3 нові", 5: "5 нових", 11: "11 нових", 21: "21 нове", 112: "112 нових"},
        ),
        ("ar", {2: "تحديثان جديدان", 3: "3 تحديثات", 11: "11 تحديثًا", 100: "100 تحديث", 103: "103 تحديثات"}),
    ],
)
def test_what_is_counted_agrees_with_its_number_on_the_server_and_in_the_script(
    language: str, counted: dict[int, str]
) -> None:
    edition, category = edition_of(blog(language=language)), Locale.parse(language).plural_form
    with edition.speaking():
        forms = json.loads(interface(edition))["new"]
        for n, words in counted.items():
            assert (ngettext("%(n)s new update", "%(n)s new updates", n) % {"n": n}).startswith(words)
            assert forms[category(n)].replace("%(n)s", str(n)).startswith(words)
