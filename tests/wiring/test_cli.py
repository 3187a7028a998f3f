"""Promises of the `asithappened` command: documented exit codes, plain words, JSON for programs, one folder."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from asithappened.wiring import cli
from asithappened.wiring.commands import blogs
from asithappened.wiring.exits import MEANINGS
from tests.wiring.commanding import db

pytestmark = pytest.mark.usefixtures("same_home")


NAMES = ["run", "demo", "list", "import", "replay", "log", "page-text", "doctor", "address", "invite", "manage"]


def test_help_names_every_command_and_every_exit_code_and_does_not_wait_for_django() -> None:
    script = (
        "import sys; from asithappened.wiring import cli\n"
        "code = cli.run_command(['--help']); assert 'django' not in sys.modules, 'Django'; sys.exit(code)"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
    for name in (*NAMES, "rebuild"):
        assert re.search(rf"^  {name} ", answer.stdout, re.MULTILINE), name
    said = " ".join(answer.stdout.split())
    for code, meaning in MEANINGS.items():
        assert f"{code.value} {meaning}" in said


def test_the_documentation_lists_every_command_and_every_exit_code(root: Path) -> None:
    page = (root / "docs/command-line.md").read_text("utf-8")
    commands = [command for command in cli.app.registered_commands if command.callback]
    names = [command.name or command.callback.__name__ for command in commands if command.callback]
    for name in [*names, "rebuild published"]:
        assert re.search(rf"^\| `{name}[ `]", page, re.MULTILINE), name
    for code, meaning in MEANINGS.items():
        assert f"| {code.value} | {meaning} |" in page


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["log"], ["run", "--port", "x"], ["--home"], ["log", "a", "--nonsense"]]
)
def test_what_is_not_understood_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(arguments) == 2
    assert "--help" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["import", "--help"], ["rebuild", "--help"]])
def test_no_help_is_cut_short_and_all_of_it_fits_a_terminal(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert cli.run_command(arguments) == 0
    said = capsys.readouterr().out
    assert "..." not in said.replace("[ARGS]...", "")
    assert "…" not in said
    assert max(map(len, said.splitlines())) <= 80


def test_without_a_command_one_is_told_to_begin_with_the_demonstration(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command([]) == 2
    said = capsys.readouterr()
    assert "Begin with `asithappened demo`" in said.out + said.err


@pytest.mark.parametrize("arguments", [["lst"], ["run", "--prot", "3"], ["import", "x", "--as"]])
def test_a_sentence_about_a_mistake_has_one_end(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(arguments) == 2
    said = capsys.readouterr().err
    assert not re.search(r"[?!.]\s*[.?!]", said), said
    assert said.rstrip().endswith("See `asithappened --help`.")


@db
def test_a_fault_of_the_program_is_70_and_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fall_over(_: str) -> int:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(blogs, "blog_of", fall_over)
    assert cli.run_command(["log", "storm"]) == 70
    said = capsys.readouterr().err
    assert "by nought" in said
    assert "Traceback" not in said
    monkeypatch.setenv("ASITHAPPENED_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        cli.run_command(["log", "storm"])


def test_a_folder_forgotten_after_home_is_not_a_folder_called_like_the_next_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run_command(["--home", "--json", "doctor"]) == 2
    assert cli.run_command(["doctor", "--home"]) == 2
    assert not list(tmp_path.iterdir())
