"""Promise: a page that was rendered before an upgrade still finds its script and its style."""

import brotli
import pytest

from asithappened.published import assets


@pytest.mark.parametrize("name", ["reader.js", "reader.css", "demo/harbour.webp"])
def test_a_file_of_an_earlier_version_is_answered_by_the_present_one(name: str) -> None:
    stem, ending = name.rsplit(".", 1)
    assert assets.present(f"{stem}.00000000.{ending}") == name
    assert not assets.files()[name][2], "what stands in for another version is kept for an hour, not for ever"


def test_a_file_that_is_there_is_itself() -> None:
    name = assets.url("reader.js").removeprefix(assets.PREFIX)
    assert assets.present(name) == name
    assert assets.files()[name][2]


@pytest.mark.parametrize("name", ["", "nothing.js", "../settings.py", "reader.00000000", "reader.js.00000000.js"])
def test_what_never_was_is_not_there(name: str) -> None:
    assert assets.present(name) not in assets.files()


def test_what_was_compressed_when_it_was_built_is_the_file_by_either_of_its_names() -> None:
    assert {"reader.js", "desk-editor.js", assets.url("desk.js")[8:]} <= set(assets.compressed())
    for name, made in assets.compressed().items():
        assert brotli.decompress(made) == assets.files()[name][0], name
    assert not [name for name in assets.files() if name.endswith(".br")]
