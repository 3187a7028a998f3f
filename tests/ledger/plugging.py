"""Plug-ins with one `suggest` each, installed in folders of their own, for tests of the process and of its inside."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from asithappened.ledger import reading
from asithappened.ledger.gate import Dropped
from asithappened.ledger.plugin_process import Plugin
from asithappened.ledger.suggestions import AnySuggestion
from asithappened.ledger.views import BlogView, of_text
from tests.ledger.packages import Package

TEXT = "An amber warning is in force, the red warning has been lifted; gusts may reach 90 mph."

Make = Callable[..., Plugin]

HEAD = """
import os, sys, time
from asithappened.ledger.suggestions import Hedge

def hedge(about, words="may", **other):
    start = about.text.index(words)
    fields = {"post": about.number, "start": start, "end": start + len(words), "exact": words}
    return Hedge(**{**fields, "confidence": 80, "rule": "test.one", "hedge": "estimative", **other})

class One:
    name, version, kinds = "one", "7", frozenset({"hedge", "rumour"})
    def suggest(self, post, blog):
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Make a plug-in of the body of its `suggest`. It rests for no time, and has little."""
    made: list[Plugin] = []

    def make(body: str, *, rest_s: float = 0.0, within_s: float = 20.0) -> Plugin:
        package = Package(tmp_path / f"site-{len(made)}", f"plugged_{len(made)}")
        package.offer({f"one-{len(made)}": "One"}, HEAD + "".join(f"        {line}\n" for line in body.splitlines()))
        monkeypatch.syspath_prepend(str(package.folder))
        made.append(Plugin(f"one-{len(made)}", within_s=within_s, rest_s=rest_s))
        return made[-1]

    yield make
    for one in made:
        one.close()


def asked(one: Plugin, text: str = TEXT) -> tuple[tuple[AnySuggestion, ...], list[Dropped]]:
    dropped: list[Dropped] = []
    post = of_text(text)
    return reading.read(post, BlogView(posts=(post,)), [one], tell=dropped.append), dropped
