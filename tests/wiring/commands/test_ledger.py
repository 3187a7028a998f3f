"""Promises of `suggest` and `lexicon check`: any text is read, anything else is refused in words, no home is needed."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.ledger import ours
from asithappened.ledger.language import lexicon
from asithappened.ledger.suggestions import AnySuggestion
from asithappened.ledger.views import BlogView, PostView
from asithappened.wiring import cli
from asithappened.wiring.suggesting import blog_in
from tests.ledger.models import serving
from tests.ledger.packages import Package

PAGE = """A harbour and a storm – as it happened

Last modified: 06:59 PM GMT+0

The harbour is shut

Summary

Ada Quill said 12 boats had sunk.

Updated

Nine quays are shut, the Coast Echo reports.

Updated
"""


@pytest.fixture(autouse=True)
def no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stand in an empty folder, without a home."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASITHAPPENED_HOME", str(tmp_path / "home"))


def suggested(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert cli.run_command(["suggest", "--json", *arguments]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, list)
    return answer


def test_a_file_is_read_without_a_home_and_none_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text("About 12 boats sank.\n", "utf-8")
    [said] = suggested(["note.txt"], capsys)
    assert (said["kind"], said["post"], said["exact"]) == ("figure", 1, "About 12")
    assert (said["value"], said["modifier"], said["counted"]) == (12, "about", "boats")
    assert cli.run_command(["suggest", "note.txt"]) == 0
    answer = capsys.readouterr()
    assert "[About 12] boats sank." in answer.out
    assert answer.err == ""
    assert not (tmp_path / "home").exists()


def test_who_said_it_stands_with_the_words_as_printed_and_with_what_makes_it_an_attribution(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Harbour master Ada Quill denied that boats had sunk, the Daily Mail reports."
    (tmp_path / "note.txt").write_text(text, "utf-8")
    said = next(one for one in suggested(["note.txt"], capsys) if one.get("cue") == "denied")
    assert (said["source"], said["cue_class"], said["quote"], said["channel"]) == ("Ada Quill", "deny", "indirect", "")
    assert text[said["source_start"] : said["source_end"]] == said["source_exact"]
    assert text[said["cue_start"] : said["cue_end"]] == "denied"
    assert [(by["outlet"], by["mode"]) for by in said["relays"]] == [("Daily Mail", "reports")]


def test_what_comes_in_is_read_as_a_file_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"About 12 boats sank.")))
    assert [one["counted"] for one in suggested(["-"], capsys)] == ["boats"]


def test_a_text_may_be_in_another_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text("Rund zwölf Boote sind gesunken.", "utf-8")
    assert [one["value"] for one in suggested(["note.txt", "--language", "de-AT"], capsys)] == [12]
    assert suggested(["note.txt"], capsys) == []


def test_a_page_saved_as_text_is_read_post_by_post_the_newest_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    posts = blog_in(PAGE.encode(), "en").posts
    assert [post.number for post in posts] == [1, 2]
    answer = suggested(["page.txt"], capsys)
    assert {one["post"] for one in answer} == {1, 2}
    assert [one["post"] for one in answer] == sorted(one["post"] for one in answer)
    for one in answer:
        assert posts[one["post"] - 1].text[one["start"] : one["end"]] == one["exact"]


def storm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a live blog of two posts, and a third that was withdrawn."""
    monkeypatch.setenv("ASITHAPPENED_HOME", str(settings.HOME))
    blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm", audience=e.Audience.NOBODY)]).blog
    for id_, words in (("older", "About 12 boats sank."), ("newer", "Nothing."), ("gone", "Some 20 boats sank.")):
        doc = body.with_ids(body.Doc(content=(body.paragraph(words),)), seed=id_)
        press.publish(blog, [e.PostPublished(post=id_, title="", body=doc)])
    press.publish(blog, [e.PostWithdrawn(post="gone")])


@pytest.mark.django_db(databases="__all__")
def test_a_live_blog_is_read_by_its_address_as_readers_have_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    storm(monkeypatch)
    assert [(one["post"], one["exact"]) for one in suggested(["storm"], capsys)] == [(2, "About 12")]
    assert cli.run_command(["suggest", "strom"]) == 3
    assert "Did you mean storm?" in capsys.readouterr().err


def test_a_newsrooms_own_lists_in_the_home_are_laid_over_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "home/lexicons/en"
    own.mkdir(parents=True)
    (own / "modifiers.txt").write_text("give or take = about\n", "utf-8")
    (tmp_path / "note.txt").write_text("Give or take 12 boats sank.\n", "utf-8")
    try:
        assert [one["exact"] for one in suggested(["note.txt"], capsys)] == ["Give or take 12"]
        assert cli.run_command(["lexicon", "check"]) == 0
        assert f"Your own: 1 lists, 1 entries, in {own.parent}" in capsys.readouterr().out
        (own / "modifiers.txt").write_text("# ours\ngive or take = abut\n", "utf-8")
        for arguments in (["suggest", "note.txt"], ["lexicon", "check"], ["lexicon", "check", str(own.parent)]):
            assert cli.run_command(arguments) == 1
            answer = capsys.readouterr()
            fault = f"{own}/modifiers.txt:2: “abut” is nothing that can stand here. Did you mean about?"
            assert fault in answer.out + answer.err
    finally:
        lexicon.use(None)


def test_what_suggesters_say_that_does_not_pass_is_counted_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Falling:
        name, version, kinds = "falling", "1", frozenset({"hedge"})

        def suggest(self, post: PostView, blog: BlogView) -> list[AnySuggestion]:
            raise ZeroDivisionError

    monkeypatch.setattr(ours, "OURS", (Falling(),))
    (tmp_path / "note.txt").write_text("One.", "utf-8")
    assert cli.run_command(["suggest", "note.txt", "--json"]) == 0
    answer = capsys.readouterr()
    assert (answer.out, answer.err) == ("[]\n", "falling did not answer (once): ZeroDivisionError\n")


@pytest.mark.parametrize("text", ["One.\n\n\n\nTwo.", "\n\n One.\n\n \n\nTwo.\n", "One", "Updated in part.\n\nTwo"])
def test_a_text_without_posts_is_one_and_offsets_count_in_the_file_itself(text: str) -> None:
    [post] = blog_in(text.encode(), "en").posts
    assert post.text == text
    for part in post.parts:
        assert text[part.start : part.end] == part.text


def test_a_page_that_stops_in_the_middle_is_still_read() -> None:
    assert len(blog_in(PAGE.removesuffix("reports.\n\nUpdated\n").encode(), "en").posts) == 2


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        (b"", 4, "is empty"),
        (b" \n\n", 4, "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 4, "not text but binary"),
        (b"said \xe9", 4, "truncated"),
        (b"caf\xe9 said", 4, "not UTF-8"),
        (b'{"kind": "live"}', 4, "JSON or HTML"),
        (b"<!doctype html><p>He said", 4, "JSON or HTML"),
    ],
)
def test_what_is_no_text_is_refused_in_words(
    tmp_path: Path, raw: bytes, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file.txt").write_bytes(raw)
    assert cli.run_command(["suggest", "file.txt"]) == code
    answer = capsys.readouterr()
    assert said in answer.err
    assert answer.out == ""


def test_a_file_that_is_too_long_is_not_read_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "film.txt").touch()
    os.truncate(tmp_path / "film.txt", 2**40)
    assert cli.run_command(["suggest", "film.txt"]) == 4
    assert "is the most" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nowhere.txt"], 4, "nowhere.txt is not there"),
        (["."], 4, "is a folder"),
        (["storm"], 3, "no file storm here, and no home"),
        (["--language", "xx", "-"], 2, "there are lists for"),
        ([], 2, "Missing argument"),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.run_command(["suggest", *arguments]) == code
    assert said in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_lists_are_checked_without_a_home_for_people_and_for_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run_command(["lexicon", "check"]) == 0
    said = capsys.readouterr().out
    assert "Nothing is at fault." in said
    assert str(tmp_path / "home/lexicons") in said
    assert cli.run_command(["lexicon", "check", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["faults"] == []
    assert cli.run_command(["lexicon", "check", "nowhere"]) == 1
    assert "There is no folder nowhere" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_reading_a_file_does_not_wait_for_django(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("“It is over,” said Ada Quill.\n", "utf-8")
    script = (
        "import sys; from asithappened.wiring import cli\n"
        "code = cli.run_command(['suggest', 'note.txt']); assert 'django' not in sys.modules, 'Django'; sys.exit(code)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.returncode == 0, answer.stderr


HEDGING = """
class Hedging:
    name, version, kinds = "hedging", "1", frozenset({"hedge"})
    def suggest(self, post, blog):
        at = post.text.index("perchance")
        yield dict(kind="hedge", post=post.number, start=at, end=at + 9, exact="perchance", confidence=80,
                   rule="hedging.one", hedge="estimative")

class Falling(Hedging):
    def suggest(self, post, blog):
        raise ValueError("no words")
"""


@pytest.fixture
def hedging(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Install a package with a suggester, and one that falls over."""
    package = Package(tmp_path / "site", "hedging")
    package.offer({"hedging": "Hedging", "falling": "Falling"}, HEDGING)
    monkeypatch.syspath_prepend(str(package.folder))
    (tmp_path / "note.txt").write_text("It is perchance over.\n", "utf-8")


def rules(answer: list[dict[str, Any]]) -> list[str]:
    return [one["rule"] for one in answer if one["exact"] == "perchance"]


@pytest.mark.usefixtures("hedging")
def test_a_suggester_of_another_package_is_asked_when_it_is_named_and_not_when_it_is_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rules(suggested(["note.txt"], capsys)) == []
    assert rules(suggested(["--with", "hedging", "note.txt"], capsys)) == ["hedging.one"]
    monkeypatch.setenv("ASITHAPPENED_SUGGESTERS", "hedging")
    assert rules(suggested(["note.txt"], capsys)) == ["hedging.one"]
    assert rules(suggested(["--with", "hedging", "note.txt"], capsys)) == ["hedging.one"]


@pytest.mark.usefixtures("hedging")
def test_one_that_fails_is_named_beside_what_the_others_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(["suggest", "--with", "falling", "--with", "hedging", "note.txt"]) == 0
    said = capsys.readouterr()
    assert "perchance" in said.out
    assert "falling did not answer" in said.err
    assert "ValueError: no words" in said.err


@pytest.mark.usefixtures("hedging")
def test_a_name_that_nothing_installed_has_is_refused_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run_command(["suggest", "--with", "nobody", "note.txt"]) == 2
    said = " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert "falling, hedging" in said


@pytest.mark.usefixtures("hedging")
def test_the_model_is_asked_about_a_file_and_each_call_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hedge = {"kind": "hedge", "exact": "perchance", "hedge": "estimative"}
    with serving(lambda to: to.suggest(hedge, {**hedge, "exact": "surely"})) as site:
        monkeypatch.setenv("ASITHAPPENED_MODEL_URL", site.url)
        monkeypatch.setenv("ASITHAPPENED_MODEL", "tiny")
        assert rules(suggested(["note.txt"], capsys)) == []
        assert site.asked == []
        assert cli.run_command(["suggest", "--json", "--model", "note.txt"]) == 0
        said = capsys.readouterr()
    assert rules(json.loads(said.out)) == ["model.hedge"]
    assert "tiny is sent 22 characters of post 1" in said.err
    assert "2 suggestions, 1 of them with words or numbers that are not there" in said.err


@pytest.mark.parametrize(
    ("url", "what", "said"),
    [
        ("", "note.txt", "No language model is configured"),
        ("nowhere", "note.txt", "ASITHAPPENED_MODEL_URL is the address"),
        ("http://127.0.0.1:9/v1", "storm", "may not read storm"),
    ],
)
@pytest.mark.usefixtures("hedging")
def test_the_model_is_asked_only_where_one_is_configured_and_about_live_blogs_that_it_may_read(
    url: str, what: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASITHAPPENED_MODEL_URL", url)
    monkeypatch.setenv("ASITHAPPENED_MODEL", "tiny")
    monkeypatch.setattr("asithappened.wiring.commands.ledger._blog", lambda *_: blog_in(b"It is over.", "en"))
    assert cli.run_command(["suggest", "--model", what]) == 1
    err = " ".join(capsys.readouterr().err.split())
    assert said in err
    assert "was sent" in err


@pytest.mark.django_db(databases="__all__")
def test_the_model_reads_a_live_blog_that_the_operator_names_post_by_post_and_nothing_withdrawn(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    storm(monkeypatch)
    with serving(lambda to: to.suggest({"kind": "hedge", "exact": "Nothing", "hedge": "estimative"})) as site:
        monkeypatch.setenv("ASITHAPPENED_MODEL_URL", site.url)
        monkeypatch.setenv("ASITHAPPENED_MODEL", "tiny")
        monkeypatch.setenv("ASITHAPPENED_MODEL_BLOGS", "flood storm")
        assert cli.run_command(["suggest", "--json", "--model", "storm"]) == 0
    texts = [json.loads(asked[2]["messages"][1]["content"]) for asked in site.asked]
    assert texts == [{"text": "Nothing."}, {"text": "About 12 boats sank."}]
    said = capsys.readouterr()
    assert [(one["post"], one["exact"]) for one in json.loads(said.out) if one["rule"] == "model.hedge"] == [
        (1, "Nothing")
    ]
    assert "tiny is sent 8 characters of post 1 (newer)" in said.err
