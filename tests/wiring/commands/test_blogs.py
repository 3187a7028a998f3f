"""Promises of the commands about live blogs: they are listed, imported, replayed and printed, or refused in words."""

import json
import re
from pathlib import Path

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow, read
from asithappened.search import consume
from asithappened.wiring import cli
from tests.wiring.commanding import PAGE, blog, db

pytestmark = pytest.mark.usefixtures("same_home")


@db
@pytest.mark.parametrize(
    "arguments", [["log", "none"], ["page-text", "none"], ["replay", "none"], ["rebuild", "published", "none"]]
)
def test_a_live_blog_that_is_not_there_is_3(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(arguments) == 3
    assert "/live/none/" in capsys.readouterr().err


@db
def test_the_live_blogs_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(["list"]) == 0
    assert "no live blogs yet" in capsys.readouterr().out
    blog("storm")
    assert cli.run_command(["list"]) == 0
    assert re.search(r"^storm  live +everyone +1 posts  Storm$", capsys.readouterr().out, re.MULTILINE)
    assert cli.run_command(["list", "--json"]) == 0
    [one] = json.loads(capsys.readouterr().out)
    assert one["url"].endswith("/live/storm/")
    assert (one["slug"], one["status"], one["audience"], one["posts"]) == ("storm", "live", "everyone", 1)


@db
def test_a_file_that_cannot_be_imported_is_4_and_leaves_the_database_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"response": ')
    for file in (broken, tmp_path / "missing.json", tmp_path):
        assert cli.run_command(["import", str(file), "--as", "guardian"]) == 4
        said = capsys.readouterr().err
        assert "Nothing was written" in said
        assert "Traceback" not in said
    assert read.every_blog() == []
    assert cli.run_command(["import", str(broken), "--as", "wordperfect"]) == 2


@db
def test_the_log_is_printed_one_event_a_line_without_what_was_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    blog()
    assert cli.run_command(["log", "storm", "--json"]) == 0
    out = capsys.readouterr().out
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["seq"] for line in lines] == [1, 2, 3, 4, 5, 6]
    assert list(lines[0]) == ["epoch", "seq", "at", "origin", "kind", "version", "post", "row", "payload"]
    assert lines[1]["payload"]["title"] == "Stays"
    assert (lines[2]["payload"], lines[2]["withdrawn"]) == (None, True)
    assert lines[3]["payload"] is None
    assert "words of stays" in out
    assert "words of withdrawn" not in out
    assert "words of erased" not in out
    assert cli.run_command(["log", "storm"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 6


@db
def test_the_page_is_printed_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    blog()
    assert cli.run_command(["page-text", "storm"]) == 0
    text = capsys.readouterr().out
    assert "words of stays" in text
    assert "words of withdrawn" not in text
    assert cli.run_command(["page-text", "storm", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"slug": "storm", "text": text}


@db
def test_an_import_says_what_it_did_and_a_dry_run_does_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE)
    arguments = ["import", str(file), "--as", "page-text", "--slug", "vote", "--json"]
    assert cli.run_command([*arguments, "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["dry_run"] is True
    assert read.every_blog() == []
    assert cli.run_command(arguments) == 0
    report = json.loads(capsys.readouterr().out)
    names = (
        "slug posts key_events summaries titled images social_embeds quotes lists updated added revised unchanged "
        "disappeared problems"
    )
    assert set(names.split()) <= report.keys()
    assert report["slug"] == "vote"
    assert cli.run_command(arguments) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 0


@db
def test_a_replay_says_how_many_steps_were_new(capsys: pytest.CaptureFixture[str]) -> None:
    press.publish(blog(), [e.BlogClosed()])
    for new in (2, 0):
        assert cli.run_command(["replay", "storm", "--speed", "100000", "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == {"slug": "storm-replay", "steps": 2, "new": new}
    assert cli.run_command(["replay", "storm", "--audience", "the world"]) == 2


@db
def test_a_refusal_is_1_and_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    press.publish(blog("storm"), [e.BlogClosed()])
    blog("other")
    assert cli.run_command(["replay", "other"]) == 1
    assert "Close it first" in capsys.readouterr().err
    assert cli.run_command(["replay", "storm", "--into", "other"]) == 1
    assert "--into" in capsys.readouterr().err
    assert cli.run_command(["invite", "not an address"]) == 1
    assert "No account was made" in capsys.readouterr().err


@db
def test_a_rebuild_changes_nothing_that_readers_get(capsys: pytest.CaptureFixture[str]) -> None:
    blog()
    for arguments in (["rebuild", "published"], ["rebuild", "published", "storm", "--json"]):
        assert cli.run_command(arguments) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"rebuilt": 1}


@db
def test_search_prints_what_readers_find_and_nothing_that_they_may_not(capsys: pytest.CaptureFixture[str]) -> None:
    id_ = blog("storm")
    follow.catch_up(consume)
    for arguments in (["search", "words", "--json"], ["search", "stays", "words", "--blog", "storm", "--json"]):
        assert cli.run_command(arguments) == 0
        answer = json.loads(capsys.readouterr().out)
        [one] = answer["found"]
        assert one["url"].endswith("/live/storm/p/stays/")
        assert (one["title"], answer["more"]) == ("Stays", False)
    assert cli.run_command(["search", "words"]) == 0
    assert re.search(r"^ +http\S+/live/storm/p/stays/  Stays$", capsys.readouterr().out, re.MULTILINE)
    assert cli.run_command(["search", "withdrawn"]) == 0
    assert "Nothing is found" in capsys.readouterr().out
    press.publish(id_, [e.AudienceSet(audience=e.Audience.MEMBERS)])
    assert cli.run_command(["search", "words", "--blog", "storm"]) == 1
    assert "what everyone may read" in capsys.readouterr().err
    assert cli.run_command(["search", "words"]) == 0
    assert "Stays" not in capsys.readouterr().out
