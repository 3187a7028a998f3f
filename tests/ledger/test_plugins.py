"""Promises of plug-ins: one is found by its entry point, asked in a process of its own, and can harm nobody else."""

import importlib
import logging
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from asithappened.ledger import plugins, reading
from asithappened.ledger.gate import Dropped
from asithappened.ledger.plugin_child import GROUP
from asithappened.ledger.plugin_process import Plugin
from asithappened.ledger.suggestions import AnySuggestion, Hedge, State
from asithappened.ledger.views import BlogView, of_text
from tests.ledger.packages import Package

TEXT = "An amber warning is in force, the red warning has been lifted; gusts may reach 90 mph."
PAGE = Path(__file__).parents[2] / "docs/suggesters.md"

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


def test_the_example_of_the_page_is_found_loaded_and_heard_as_it_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = dict(re.findall(r"```(toml|python)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))
    project = tomllib.loads(blocks["toml"])["project"]
    entries = project["entry-points"][GROUP]
    assert entries == {"weather": "weather_words:WeatherWords"}
    package = Package(tmp_path / "site", "weather_words", project["name"], project["version"])
    package.offer({name: value.partition(":")[2] for name, value in entries.items()}, blocks["python"])
    monkeypatch.syspath_prepend(str(package.folder))
    importlib.invalidate_caches()
    assert "weather" in plugins.names()
    assert plugins.faults_of("weather") == []
    with Plugin("weather") as weather:
        said, dropped = asked(weather)
        assert weather.kinds == {"hedge", "state"}
    assert dropped == []
    assert [(one.exact, one.label, one.value) for one in said if isinstance(one, State)] == [
        ("amber warning is in force", "amber warning", "on"),
        ("red warning has been lifted", "red warning", "over"),
    ]
    assert [one.exact for one in said if isinstance(one, Hedge)] == ["may"]


def test_what_it_says_of_itself_is_known_once_it_was_asked_and_kinds_that_are_none_are_not(plugin: Make) -> None:
    one = plugin("yield hedge(post)")
    assert [said.exact for said in asked(one)[0]] == ["may"]
    assert (one.version, one.kinds) == ("7", frozenset({"hedge"}))


def test_one_that_is_not_installed_is_said_to_be_none() -> None:
    with Plugin("nowhere") as one:
        said, [why] = asked(one)
    assert said == ()
    assert "no installed package offers a suggester 'nowhere'" in why.seen


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("raise ZeroDivisionError('nothing to count')", "ZeroDivisionError: nothing to count"),
        ("sys.exit(3)", "exit code 3"),
        ("os.kill(os.getpid(), 11)", "SIGSEGV"),
        ("x = bytearray(1 << 40)", "MemoryError"),
        ("return 7", "TypeError"),
    ],
)
def test_one_that_falls_over_is_named_and_takes_nothing_with_it(plugin: Make, body: str, reason: str) -> None:
    falls, stands = plugin(body), plugin("yield hedge(post)")
    dropped: list[Dropped] = []
    post = of_text(TEXT)
    said = reading.read(post, BlogView(posts=(post,)), [falls, stands], tell=dropped.append)
    assert [one.exact for one in said] == ["may"]
    [why] = dropped
    assert (why.suggester, why.reason) == (falls.name, "raised")
    assert reason in why.seen


def test_what_was_said_before_it_raised_is_kept(plugin: Make) -> None:
    said, dropped = asked(plugin("yield hedge(post)\nraise ValueError('too much')"))
    assert [one.exact for one in said] == ["may"]
    assert [(why.reason, "too much" in why.seen) for why in dropped] == [("raised", True)]


@pytest.mark.parametrize("body", ["time.sleep(600)", "while True: pass", "yield hedge(post)\ntime.sleep(600)"])
def test_one_that_takes_too_long_is_ended_and_begins_anew_when_it_is_asked_again(plugin: Make, body: str) -> None:
    slow = plugin(f"if 'amber' in post.text:\n    {body.replace(chr(10), chr(10) + '    ')}\nyield hedge(post)")
    slow._within_s = 0.3
    said, [why] = asked(slow)
    assert said == ()
    assert "longer than 0.3 s" in why.seen
    slow._within_s = 20.0
    assert [one.exact for one in asked(slow, "gusts may reach 90 mph")[0]] == ["may"]


def test_one_that_failed_is_left_alone_for_a_while(plugin: Make, tmp_path: Path) -> None:
    body = "open(os.path.join(os.path.dirname(__file__), 'asked'), 'a').write('x')\nsys.exit(1)"
    one = plugin(body, rest_s=600)
    assert [why.reason for why in asked(one)[1]] == ["raised"]
    assert asked(one) == ((), [])
    assert [path.read_text() for path in tmp_path.glob("*/asked")] == ["x"]


LIES = {
    "hedge(post, start=1)": "not_exact",
    "hedge(post, exact='might')": "not_exact",
    "hedge(post, end=10**9)": "not_exact",
    "hedge(post, hedge='perhaps')": "malformed",
    "hedge(post, confidence=101)": "malformed",
    "hedge(post, post=2)": "other_post",
    "{**plain(hedge(post)), 'kind': 'state', 'label': 'a', 'value': 'b'}": "other_kind",
    "{**plain(hedge(post)), 'kind': 'rumour'}": "malformed",
    "object()": "malformed",
    "float('nan')": "malformed",
    "{1: {2, 3}}": "malformed",
    "deep()": "malformed",
    "'\\ud800'": "malformed",
    "10 ** 400": "malformed",
}


def test_every_lie_is_dropped_with_its_reason_and_what_is_true_is_kept(plugin: Make) -> None:
    lines = ["from msgspec import to_builtins as plain", "from functools import reduce"]
    lines.append("deep = lambda: reduce(lambda inner, _: [inner], range(10**5), [])")
    one = plugin("\n".join([*lines, *(f"yield {lie}" for lie in LIES), "yield hedge(post)"]))
    said, dropped = asked(one)
    assert [why.reason for why in dropped] == list(LIES.values()), dropped
    assert [one.exact for one in said] == ["may"]


def test_one_that_never_stops_is_heard_so_often_and_no_more(plugin: Make) -> None:
    said, dropped = asked(plugin("while True: yield hedge(post)"))
    assert len(said) == 1
    assert [why.reason for why in dropped if why.reason != "said_twice"] == ["too_many"]


def test_an_answer_of_many_megabytes_is_none(plugin: Make) -> None:
    said, [why] = asked(plugin("yield {'kind': 'hedge', 'exact': 'x' * 30_000_000}"))
    assert said == ()
    assert "longer than 2,000,000 bytes" in why.seen


def test_what_it_prints_and_reads_is_no_part_of_the_talk(plugin: Make) -> None:
    one = plugin("print('{\"said\": 1}')\nos.write(1, b'noise\\n')\nassert sys.stdin.read() == ''\nyield hedge(post)")
    assert [said.exact for said in asked(one)[0]] == ["may"]


def test_it_sees_nothing_of_the_environment_in_which_secrets_are(plugin: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASITHAPPENED_DATABASE", "postgres://a:secret@b/c")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    one = plugin("assert 'secret' not in repr(os.environ) + open('/proc/self/environ').read()\nyield hedge(post)")
    assert [said.exact for said in asked(one)[0]] == ["may"]


def test_text_of_any_letters_reaches_it_and_offsets_are_code_points(plugin: Make) -> None:
    one = plugin("assert blog.posts[0].text == post.text\nyield hedge(post)")
    for text in ("𝟗𝟎 may 🌊", "\u202emay\u202c", "a\u200bmay", "\ud800 may \udfff", "\x00may\x1f", "may\u2028"):
        said, dropped = asked(one, text)
        assert ([(found.start, found.exact) for found in said], dropped) == ([(text.index("may"), "may")], [])


def test_it_is_given_the_live_blog_once_and_again_when_that_is_another(plugin: Make) -> None:
    one = plugin("yield hedge(post, rule=f'test.{len(blog.posts)}.{blog.posts[-1].text}')")
    few, more = (BlogView(posts=(of_text("may"), of_text(older, number=2))) for older in ("a", "b"))
    for blog, rule in ((few, "test.2.a"), (few, "test.2.a"), (more, "test.2.b")):
        dropped: list[Dropped] = []
        [said] = reading.read(blog.posts[0], blog, [one], tell=dropped.append)
        assert (said.rule, dropped) == (rule, [])


def test_two_packages_that_offer_the_same_name_are_refused_rather_than_one_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in ("a", "b"):
        package = Package(tmp_path / at, f"package_{at}")
        package.offer({"twice": "One"}, HEAD + "        yield hedge(post)")
        monkeypatch.syspath_prepend(str(package.folder))
    with Plugin("twice") as one:
        [why] = asked(one)[1]
    assert "two installed packages offer a suggester 'twice'" in why.seen


def test_the_log_names_one_that_failed(plugin: Make, caplog: pytest.LogCaptureFixture) -> None:
    one = plugin("raise ZeroDivisionError('nothing to count')")
    post = of_text(TEXT)
    with caplog.at_level(logging.WARNING):
        assert reading.read(post, BlogView(posts=(post,)), [one]) == ()
    assert f"{one.name}: dropped of post 1: raised" in caplog.text
    assert "nothing to count" in caplog.text


def test_closing_one_ends_its_process(plugin: Make) -> None:
    one = plugin("yield hedge(post)")
    asked(one)
    assert one._child is not None
    process = one._child._process
    one.close()
    assert process.returncode is not None
