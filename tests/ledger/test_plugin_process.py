"""A plug-in's process has a deadline for each answer, is ended if it misses one, and harms nobody else."""

import logging
from pathlib import Path

import pytest

from asithappened.ledger import reading
from asithappened.ledger.gate import Dropped
from asithappened.ledger.views import BlogView, of_text
from tests.ledger.plugging import TEXT, Make, asked, plugin

__all__ = ["plugin"]


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


def test_an_answer_of_many_megabytes_is_none(plugin: Make) -> None:
    said, [why] = asked(plugin("yield {'kind': 'hedge', 'exact': 'x' * 30_000_000}"))
    assert said == ()
    assert "longer than 2,000,000 bytes" in why.seen


def test_it_sees_nothing_of_the_environment_in_which_secrets_are(plugin: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASITHAPPENED_DATABASE", "postgres://a:secret@b/c")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    one = plugin("assert 'secret' not in repr(os.environ) + open('/proc/self/environ').read()\nyield hedge(post)")
    assert [said.exact for said in asked(one)[0]] == ["may"]


def test_it_is_given_the_live_blog_once_and_again_when_that_is_another(plugin: Make) -> None:
    one = plugin("yield hedge(post, rule=f'test.{len(blog.posts)}.{blog.posts[-1].text}')")
    few, more = (BlogView(posts=(of_text("may"), of_text(older, number=2))) for older in ("a", "b"))
    for blog, rule in ((few, "test.2.a"), (few, "test.2.a"), (more, "test.2.b")):
        dropped: list[Dropped] = []
        [said] = reading.read(blog.posts[0], blog, [one], tell=dropped.append)
        assert (said.rule, dropped) == (rule, [])


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
