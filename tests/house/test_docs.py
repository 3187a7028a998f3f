"""The documentation names what there is and nothing else; each rule catches an omission planted for it."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from asithappened.wiring import cli
from asithappened.wiring.commands import blogs
from tests.house import documented
from tests.house.test_house import repository

Rule = Callable[[Path], list[str]]

EVENTS = "src/asithappened/core/events.py"
METRICS = "src/asithappened/delivery/metrics.py"
OPERATING = "docs/operating.md"

# rule -> (a repository with two omissions, one without any)
EXAMPLES: dict[Rule, tuple[dict[str, str], dict[str, str]]] = {
    documented.settings: (
        {"src/a/b.py": 'x = environ["ASITHAPPENED_NEW"]', OPERATING: "| `ASITHAPPENED_OLD` | | |\n"},
        {"src/a/b.py": 'x = environ["ASITHAPPENED_URL"]', OPERATING: "| `ASITHAPPENED_URL` (or `--url`) | | |\n"},
    ),
    documented.metrics: (
        {METRICS: 'Gauge("asithappened_new")', "src/a/b.py": "", OPERATING: "| `asithappened_old` | |\n"},
        {METRICS: 'Gauge("asithappened_readers")', OPERATING: "| `asithappened_readers` | |\n"},
    ),
    documented.kinds: (
        {EVENTS: '    KIND = "post.new"\n', "docs/log.md": "| `post.old` | |\n"},
        {EVENTS: '    KIND = "post.new"\n', "docs/log.md": "| `post.new` | |\n| `seq` | |\n"},
    ),
    documented.links: (
        {"A.md": "[b](docs/b.md) and ![c](c.png)"},
        {"A.md": "[b](docs/b.md#part) and [c](https://example.org/) and [d](#here)", "docs/b.md": "[a](../A.md)"},
    ),
    documented.targets: (
        {"Makefile": "test:\n", "A.md": "```\nmake tea\n```\nor `make coffee`"},
        {"Makefile": "test: x\n", "A.md": "`make test` and make sure"},
    ),
    documented.functions: (
        {
            "ARCHITECTURE.md": "`press.publish` and `press.door.gone`",
            "src/asithappened/press/__init__.py": "",
            "src/asithappened/press/door.py": "def publish(): ...",
        },
        {
            "ARCHITECTURE.md": "`press.publish`, `press.door.publish`, `press.door.Pages.feed`, `post.pinned`",
            "src/asithappened/press/__init__.py": "from asithappened.press.door import publish",
            "src/asithappened/press/door.py": "def publish(): ...\nclass Pages:\n    def feed(self): ...",
        },
    ),
}


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.__name__)
def test_the_documentation_is_whole_about(rule: Rule, root: Path) -> None:
    complaints = rule(root)
    assert not complaints, "\n" + "\n".join(complaints)


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.__name__)
def test_every_omission_is_caught_by(rule: Rule, tmp_path: Path) -> None:
    assert len(rule(repository(tmp_path / "wrong", EXAMPLES[rule][0]))) == 2
    assert rule(repository(tmp_path / "right", EXAMPLES[rule][1])) == []


def test_every_option_of_every_command_stands_in_its_row(root: Path) -> None:
    page = (root / "docs/command-line.md").read_text("utf-8")
    for command in cli.app.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__
        (row,) = re.findall(rf"^\| `{name}[ `].*$", page, re.MULTILINE)
        for option in _options(command.callback):
            said = row.endswith("| yes |") if option == "--json" else re.search(rf"{option}(?![\w-])", row)
            assert said, f"`{name}`: {option} is not documented"


def _options(callback: Callable[..., object]) -> list[str]:
    """Return the names under which a command takes its options."""
    found = []
    for name, parameter in inspect.signature(callback, eval_str=True).parameters.items():
        for hint in getattr(parameter.annotation, "__metadata__", ()):
            if isinstance(hint, typer.models.OptionInfo):
                long = [said for said in (hint.default, *(hint.param_decls or ())) if str(said).startswith("--")]
                found.append(str(long[0]) if long else f"--{name.replace('_', '-')}")
    return found


def test_an_options_name_is_the_one_that_is_typed() -> None:
    assert _options(blogs.import_) == ["--as", "--slug", "--audience", "--dry-run", "--media", "--json"]
