"""Promise: CONTRIBUTING's "A new kind of event" is true: its steps make a kind whole, and each left out is named."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

pytestmark = pytest.mark.terminal

COPIED: Final = ("src", "tests", "docs", "pyproject.toml", "README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")
# What decides about events, and can be checked in seconds: of all the rest the types know as much as of `Any`.
DECIDING: Final = ("core", "press/frames.py", "render/history.py", "desk/score.py")

Edit = tuple[str, str, str]
"""A file, what stands there, and what is to stand there instead."""


def steps(page: str) -> list[list[Edit]]:
    """Return the edits of each step of the page."""
    section = page[page.index("\n## A new kind of event") : page.index("\n## Habits")]
    found = []
    for block in re.findall(r"^ +```diff\n(.*?)^ +```$", section, flags=re.M | re.S):
        edits: list[Edit] = []
        for piece in re.sub("^   ", "", block, flags=re.M).split("--- ")[1:]:
            name, *lines = piece.rstrip("\n").split("\n")
            was, now = ([line[1:] for line in lines if line.startswith(mark)] for mark in "-+")
            edits.append((name, "\n".join(was), "\n".join(now)))
        found.append(edits)
    return found


STEPS: Final = steps((Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8"))


@pytest.fixture
def house(root: Path, tmp_path: Path) -> Path:
    """Return a copy of the house, with what was compiled of it: a step's edit is seen by time and size."""
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("*.woff2"))
        else:
            shutil.copy(root / name, tmp_path / name)
    return tmp_path


def take(house: Path, edits: Sequence[Edit]) -> None:
    """Take a step, which has to fit."""
    for name, was, now in edits:
        path = house / name
        text = path.read_text(encoding="utf-8")
        assert text.count(was) == 1, f"CONTRIBUTING.md: {name} does not hold this once: {was}"
        path.write_text(text.replace(was, now), encoding="utf-8")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the type checker keeps what it found; of other packages that is the same for each house."""
    return tmp_path_factory.mktemp("checked")


def complaints(house: Path, checked: Path) -> str:
    """Return what the type checker says."""
    package = house / "src" / "asithappened"
    command = [
        sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--explicit-package-bases",
        "--config-file=", "--implicit-reexport", "--ignore-missing-imports", "--cache-dir", str(checked),
        *(str(package / name) for name in DECIDING),
    ]  # fmt: skip
    environment = {"MYPYPATH": str(house / "src"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, timeout=100, check=False)
    return done.stdout + done.stderr


def outcome_of(house: Path, *which: str) -> subprocess.CompletedProcess[str]:
    """Run some tests of the copy."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *which]
    environment = {"PYTHONPATH": str(house / "src"), "PATH": "/usr/bin:/bin", "HOME": str(house)}
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_a_step_left_out_is_named_by_the_types_or_by_a_test(house: Path, checked: Path) -> None:
    first, state, rules, replay, _verb, _laws = STEPS
    take(house, first)
    said = complaints(house, checked)
    for edits in (state, rules, replay):
        file = edits[-1][0]
        assert re.search(rf'{re.escape(file)}:\d+: error: Argument 1 to "assert_never" .*"PostChecked"', said), said
    for edits in (state, rules, replay):
        take(house, edits)
    assert "error" not in complaints(house, checked)
    failed = outcome_of(house, "tests/core/test_kinds.py", "tests/house/test_docs.py").stdout
    assert "post.checked: no verb in desk/actions and no importer says it" in failed
    assert "post.checked: tests/press/happenings.py lets it happen on no day" in failed
    assert "docs/log.md: does not explain post.checked" in failed


def test_a_kind_that_is_in_no_union_is_named(house: Path) -> None:
    take(house, STEPS[0][:1])
    assert (
        "post.checked: PostChecked is in no union of core/events.py"
        in outcome_of(house, "tests/core/test_kinds.py").stdout
    )


def test_with_every_step_taken_the_new_kind_keeps_the_laws(house: Path, checked: Path) -> None:
    for edits in STEPS:
        take(house, edits)
    assert "error" not in complaints(house, checked)
    done = outcome_of(
        house, "tests/core/test_kinds.py", "tests/core/test_codec.py", "tests/core/test_fold.py",
        "tests/press/test_laws.py", "tests/house/test_docs.py", "-k", "not links and not targets",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4_000:]
