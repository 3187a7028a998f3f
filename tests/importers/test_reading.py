"""Broken files: each gets a sentence that says what is wrong, what is safe and what to do."""

import json

import pytest

from asithappened.importers.found import ImportRefused
from asithappened.importers.registry import FORMATS, found_in
from tests.importers.files import PAGE, STORM, item, raw

WHOLE = raw(item(blocks=STORM))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"a\0b", "binary"),
        (b"x" * (20 * 1024 * 1024 + 1), "20,971,520 is the most"),
        ("Une tempête à Kerguelen".encode("latin-1") * 3, "not UTF-8"),
        ("Sturm ü".encode()[:-1], "truncated"),
    ],
)
def test_a_broken_file_is_refused_in_every_format(name: str, broken: bytes, said: str) -> None:
    with pytest.raises(ImportRefused, match=said) as refusal:
        found_in(broken, name)
    assert "Nothing was written." in str(refusal.value)


@pytest.mark.parametrize("at", range(40, len(WHOLE) - 1, 97))
def test_json_that_breaks_off_is_called_truncated_or_broken_wherever_it_breaks_off(at: int) -> None:
    with pytest.raises(ImportRefused, match=r"truncated|not valid JSON"):
        found_in(WHOLE[:at], "guardian")


def test_json_nested_too_deep_is_refused() -> None:
    for depth in (65, 100_000):
        with pytest.raises(ImportRefused, match="nested more than 64"):
            found_in(b'{"fields":' + b"[" * depth + b"]" * depth + b"}", "guardian")


def test_the_other_formats_file_is_told_apart() -> None:
    with pytest.raises(ImportRefused, match="--as page-text"):
        found_in(PAGE.encode(), "guardian")
    with pytest.raises(ImportRefused, match="--as guardian"):
        found_in(WHOLE, "page-text")
    with pytest.raises(ImportRefused, match="HTML"):
        found_in(b"<!doctype html><p>x", "page-text")
    with pytest.raises(ImportRefused, match="does not look like a live blog"):
        found_in(b"Dear Una,\n\nThe pier is shut.\n\nYours, Theo\n", "page-text")


def test_a_byte_order_mark_and_utf_16_are_read() -> None:
    plain = found_in(PAGE.encode(), "page-text")
    assert found_in(b"\xef\xbb\xbf" + PAGE.encode(), "page-text") == plain
    assert found_in(PAGE.encode("utf-16"), "page-text") == plain
    assert found_in(PAGE.replace("\n", "\r\n").encode(), "page-text") == plain


def test_a_format_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ImportRefused, match="guardian, page-text"):
        found_in(b"{}", "smoke-signals")


def test_numbers_and_names_that_json_allows_do_no_harm() -> None:
    made = item(blocks=STORM)
    made["fields"]["lastModified"] = 10**30
    made["\ud800"] = float("inf")
    assert len(found_in(json.dumps(made).encode(), "guardian").posts) == 3
