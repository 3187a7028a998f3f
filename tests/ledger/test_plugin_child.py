"""The inside of a plug-in's process: it loads the named plug-in, and passes its answers on unchanged."""

from pathlib import Path

import pytest

from asithappened.ledger.plugin_process import Plugin
from tests.ledger.packages import Package
from tests.ledger.plugging import HEAD, Make, asked, plugin

__all__ = ["plugin"]


def test_one_that_is_not_installed_is_said_to_be_none() -> None:
    with Plugin("nowhere") as one:
        said, [why] = asked(one)
    assert said == ()
    assert "no installed package offers a suggester 'nowhere'" in why.seen


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


def test_what_it_says_of_itself_is_known_once_it_was_asked_and_kinds_that_are_none_are_not(plugin: Make) -> None:
    one = plugin("yield hedge(post)")
    assert [said.exact for said in asked(one)[0]] == ["may"]
    assert (one.version, one.kinds) == ("7", frozenset({"hedge"}))


def test_what_was_said_before_it_raised_is_kept(plugin: Make) -> None:
    said, dropped = asked(plugin("yield hedge(post)\nraise ValueError('too much')"))
    assert [one.exact for one in said] == ["may"]
    assert [(why.reason, "too much" in why.seen) for why in dropped] == [("raised", True)]


LIES = {
    "hedge(post, start=1)": "not_exact",
    "hedge(post, exact='might')": "not_exact",
    "hedge(post, end=10**9)": "not_exact",
    "hedge(post, hedge='perhaps')": "malformed",
    "hedge(post, confidence=101)": "malformed",
    "hedge(post, post=2)": "other_post",
    "without(hedge(post), 'hedge') | {'kind': 'state', 'label': 'a', 'value': 'b'}": "other_kind",
    "{**plain(hedge(post)), 'hedged': True}": "malformed",
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
    lines.append("without = lambda one, name: {key: value for key, value in plain(one).items() if key != name}")
    lines.append("deep = lambda: reduce(lambda inner, _: [inner], range(10**5), [])")
    one = plugin("\n".join([*lines, *(f"yield {lie}" for lie in LIES), "yield hedge(post)"]))
    said, dropped = asked(one)
    assert [why.reason for why in dropped] == list(LIES.values()), dropped
    assert [one.exact for one in said] == ["may"]


def test_one_that_never_stops_is_heard_so_often_and_no_more(plugin: Make) -> None:
    said, dropped = asked(plugin("while True: yield hedge(post)"))
    assert len(said) == 1
    assert [why.reason for why in dropped if why.reason != "said_twice"] == ["too_many"]


def test_what_it_prints_and_reads_is_no_part_of_the_talk(plugin: Make) -> None:
    one = plugin("print('{\"said\": 1}')\nos.write(1, b'noise\\n')\nassert sys.stdin.read() == ''\nyield hedge(post)")
    assert [said.exact for said in asked(one)[0]] == ["may"]


def test_text_of_any_letters_reaches_it_and_offsets_are_code_points(plugin: Make) -> None:
    one = plugin("assert blog.posts[0].text == post.text\nyield hedge(post)")
    for text in ("𝟗𝟎 may 🌊", "\u202emay\u202c", "a\u200bmay", "\ud800 may \udfff", "\x00may\x1f", "may\u2028"):
        said, dropped = asked(one, text)
        assert ([(found.start, found.exact) for found in said], dropped) == ([(text.index("may"), "may")], [])
