"""Promises of `commands.inside`: a live blog is found by its slug, or similar ones are named; refusals end safely."""

import json
import os
from pathlib import Path

import pytest

from asithappened.wiring import cli
from asithappened.wiring.commands import blogs
from tests.tables import new_home
from tests.wiring.commanding import PAGE, blog, command, db

pytestmark = pytest.mark.usefixtures("same_home")


@db
def test_a_wrong_slug_is_told_what_was_meant_and_where_all_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    blog("storm-2026")
    for arguments in (["log", "strom-2026"], ["replay", "storm"], ["page-text", "storm-2025"]):
        assert cli.run_command(arguments) == 3
        said = capsys.readouterr().err
        assert "Did you mean storm-2026?" in said
        assert "`asithappened list`" in said
    assert cli.run_command(["log", "nothing-like-it"]) == 3
    assert "Did you mean" not in capsys.readouterr().err


@pytest.mark.terminal
@pytest.mark.parametrize(
    "arguments",
    [["log", "storm"], ["list"], ["doctor"], ["address"], ["rebuild", "published"], ["run", "--lane", "x"], ["lst"],
     ["import", "x", "--as", "wordperfect"], ["run", "--url", "nowhere"]],
)  # fmt: skip
def test_what_only_asks_or_was_mistyped_makes_no_home(arguments: list[str], tmp_path: Path) -> None:
    home = tmp_path / "mistyped"
    answer = command(*arguments, home=home)
    assert answer.returncode in {1, 2}
    assert not home.exists()
    assert "Made" not in answer.stderr


@pytest.mark.terminal
def test_whoever_reads_only_the_first_line_gets_it_and_no_complaint(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE)
    home = new_home(tmp_path / "home")
    slug = json.loads(command("import", str(file), "--as", "page-text", "--json", home=home).stdout)["slug"]
    reading, writing = os.pipe()
    os.close(reading)  # as `head` does when it has enough
    with os.fdopen(writing, "w") as closed:
        for arguments in (["log", slug, "--json"], ["page-text", slug], ["list"]):
            answer = command(*arguments, home=home, out=closed.fileno())
            assert (answer.returncode, answer.stderr) == (0, "")


@db
def test_ctrl_c_is_130_and_says_what_is_safe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed(slug: str) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(blogs, "blog_of", pressed)
    assert cli.run_command(["log", "storm"]) == 130
    assert capsys.readouterr().err.startswith("Stopped. What was written is whole")
