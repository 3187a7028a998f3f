"""The rules of the house hold, and each rule catches an offence planted in a repository made for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import house_rules

Rule = Callable[[Path], list[str]]

SAID = '"""Owns this."""\n'
LONG = "def f():\n" + "    x = 1\n" * 6
PUBLISHED = "src/asithappened/published/__init__.py"

# rule -> (offences, what is allowed): files of a repository
EXAMPLES: dict[Rule, tuple[dict[str, str], dict[str, str]]] = {
    house_rules.ownerless_names: (
        {"src/a/utils.py": "", "src/common/feeds.py": "", "src/a/templates/base.html": "", "frontend/helpers.ts": ""},
        {"src/a/feeds.py": "", "src/a/commonplace.py": "", "node_modules/x/utils.js": ""},
    ),
    house_rules.machine_paths: (
        {"a.md": "see /home/ada/blogs/1", "b.py": "HOME = '/root/x'", "c.toml": "at /Users/ada/x"},
        {"a.md": "see /home/ and https://example.org/home/ada/ and ~/x", "b.py": "open('/tmp/x')"},
    ),
    house_rules.docstrings: (
        {
            "src/a/silent.py": "x = 1\n",
            "src/a/wordy.py": '"""' + "word\n" * 9 + '"""\n',
            "src/asithappened/room/__init__.py": "",
        },
        {"src/a/said.py": SAID, "src/asithappened/room/part/__init__.py": "", "src/a/migrations/0001_initial.py": ""},
    ),
    house_rules.signposts: (
        {"src/a/lost.py": '"""Look next: consume.py."""\n'},
        {"src/a/led.py": '"""Look next: said.py, docs/log.md."""\n', "src/b/said.py": SAID, "docs/log.md": ""},
    ),
    house_rules.long_modules: ({"src/a/long.py": SAID * 501}, {"src/a/short.py": SAID * 500}),
    house_rules.unmirrored: (
        {
            "src/asithappened/core/deep.py": LONG,
            "src/asithappened/render/html/__init__.py": LONG,
            "src/asithappened/published/reached_elsewhere.py": LONG,
            "src/asithappened/desk/views/notes.py": LONG,
        },
        {
            "src/asithappened/desk/actions/posts.py": LONG,
            "src/asithappened/desk/views/posts.py": LONG,
            "tests/desk/test_posts.py": "",
            "src/asithappened/core/deep.py": LONG,
            "tests/core/test_deep.py": "",
            "src/asithappened/render/html/__init__.py": LONG,
            "tests/render/html/test_html.py": "",
            "src/asithappened/press/__main__.py": LONG,
            "tests/press/test_main.py": "",
            "src/asithappened/log/short.py": 'def f():\n    """Do."""\n' + "    x = 1\n" * 5,
            "src/asithappened/log/migrations/0001_initial.py": LONG,
        },
    ),
    house_rules.clocks_in_core: (
        {"src/asithappened/core/a.py": "at = datetime.now(UTC)", "src/asithappened/core/b.py": "id = uuid.uuid4()"},
        {"src/asithappened/core/c.py": "at = event.at", "src/asithappened/press/d.py": "at = datetime.now(UTC)"},
    ),
    house_rules.everyones: (
        {
            "src/asithappened/front/a.py": "if blog.audience is Audience.EVERYONE and not blog.replay:",
            "src/asithappened/desk/b.py": "hidden = state.audience is not e.Audience.EVERYONE",
            "src/asithappened/delivery/c.py": 'own = row.audience != "everyone"',
        },
        {
            "src/asithappened/core/state.py": "return self.audience is Audience.EVERYONE",
            "src/asithappened/desk/d.py": "e.BlogOpened(audience=Audience.EVERYONE)",
            "src/asithappened/front/e.py": "if blog.listed and blog.audience is not Audience.NOBODY:",
        },
    ),
    house_rules.imports_in_published: ({PUBLISHED: f"{SAID}import os\n"}, {PUBLISHED: SAID}),
    house_rules.hosts_in_pins: (
        {"requirements/run.txt": "--index-url x\n", "frontend/package-lock.json": '"resolved": "x"\n'},
        {"requirements/run.txt": "django==5.2.19 \\\n    --hash=sha256:00\n"},
    ),
}


def repository(root: Path, contents: dict[str, str]) -> Path:
    """Make a repository of these files."""
    for name, text in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.__name__)
def test_the_repository_keeps(rule: Rule, root: Path) -> None:
    complaints = rule(root)
    assert not complaints, "\n" + "\n".join(complaints)


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.__name__)
def test_every_offence_is_caught_by(rule: Rule, tmp_path: Path) -> None:
    offences, _ = EXAMPLES[rule]
    complaints = rule(repository(tmp_path, offences))
    assert len(complaints) == len(offences), complaints
    assert all(any(complaint.startswith(name) for complaint in complaints) for name in offences)


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.__name__)
def test_what_is_allowed_passes(rule: Rule, tmp_path: Path) -> None:
    _, allowed = EXAMPLES[rule]
    assert rule(repository(tmp_path, allowed)) == []


def test_a_file_whose_promises_stand_elsewhere_is_there_and_has_none_beside_it(root: Path) -> None:
    for file in house_rules.PROMISED_ELSEWHERE:
        assert (root / file).is_file(), f"{file} is gone: take it out of PROMISED_ELSEWHERE"
        beside = house_rules._mirror(Path(file).relative_to("src/asithappened"))
        assert not (root / beside).is_file(), f"{file} has {beside}: take it out of PROMISED_ELSEWHERE"


def test_a_path_of_this_checkout_or_beside_it_is_caught(tmp_path: Path) -> None:
    (tmp_path / "beside").mkdir()
    checkout = repository(
        tmp_path / "checkout", {"a.md": f"run {tmp_path}/checkout/x", "b.md": f"see {tmp_path}/beside"}
    )
    assert len(house_rules.machine_paths(checkout)) == 2
