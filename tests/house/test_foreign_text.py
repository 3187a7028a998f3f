"""No reader of foreign text takes more than twice the steps for twice the text, whatever the text."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.house import foreign_text


def steps(read: Callable[[str], Any], words: str) -> int:
    """Count the calls that reading takes, those into C included."""
    counted = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(words)
    finally:
        sys.setprofile(before)
    return counted


def test_the_table_of_readers_is_what_there_is() -> None:
    existing = set(foreign_text.existing())
    assert existing - set(foreign_text.readers()) == foreign_text.OF_OURS
    assert set(foreign_text.readers()) - existing == {"desk.forms.inline_writing.write"}


@pytest.mark.parametrize("name", sorted(foreign_text.readers()))
def test_twice_the_text_takes_twice_the_steps(name: str) -> None:
    read = foreign_text.readers()[name]
    for unit in foreign_text.NASTY:
        some = max(1, 120 // len(unit))
        read(unit * some)  # what is kept from one reading to the next is there
        once, twice = steps(read, unit * some), steps(read, unit * some * 2)
        assert twice <= 2.4 * once + 1_000, f"{unit!r}: {once} steps for {some}, {twice} for {some * 2}"


def test_patterns_read_the_nastiest_32_kb_without_looking_twice() -> None:
    """Steps of a regular expression are not to be counted: a square takes minutes where this takes seconds."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.foreign_text"],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "asithappened.wiring.settings"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (100, 100)),  # of the processor, not of the clock
        capture_output=True,
        text=True,
        check=False,
    )
    assert "all were read" in done.stderr, done.stdout[-200:]
