"""Formats are strangers to one another: one that is wrong, or goes, takes no other with it."""

import ast
from pathlib import Path

import pytest

from asithappened.core import body
from asithappened.importers import formats

ROOM = Path(formats.__file__).parent
SHARED = {"bylines", "found", "html_body", "html_media", "html_text", "reading", "addresses"}


def imports(module: str) -> set[str]:
    """Return the modules of this room that a module imports."""
    tree = ast.parse((ROOM / f"{module}.py").read_text(encoding="utf-8"))
    out = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{one.name}" for one in node.names]
            out |= {name.split(".")[2] for name in (node.module, *names) if name.startswith("asithappened.importers.")}
    return {name for name in out if (ROOM / f"{name}.py").exists()}


def reached(module: str) -> set[str]:
    """Return every module of this room that a module needs, itself included."""
    found: set[str] = set()
    ahead = {module}
    while ahead:
        found |= ahead
        ahead = {name for one in ahead for name in imports(one)} - found
    return found


def test_no_format_reaches_another_or_the_writing() -> None:
    own = {name: reached(function.__module__.rpartition(".")[2]) for name, function in formats.FORMATS.items()}
    assert len(own) > 1
    for name, modules in own.items():
        others = {module for other, theirs in own.items() if other != name for module in theirs}
        assert modules & others <= SHARED, name
        assert not modules & {"formats", "plan", "run"}, name


@pytest.mark.parametrize(("name", "as_"), [("soft_line_ends.json", "guardian"), ("soft_line_ends.txt", "page-text")])
def test_a_soft_line_end_parts_no_words_in_any_format(name: str, as_: str) -> None:
    found = formats.found_in((Path(__file__).parent / name).read_bytes(), as_)
    (post,) = found.posts
    words = body.plain(post.body)
    assert words.split("\n")[:2] == ["North gate closed", "South gate open"]
    assert words.split("\n")[2].startswith("West gate watched")
    assert post.title == "Three gates"


@pytest.mark.parametrize(
    ("title", "slug"), [("Выборы 2026: прямой эфир", "live-"), ("Øst og Łódź live", "ost-og-lodz-live")]
)
def test_an_import_makes_addresses_by_the_desks_rule_and_says_where_it_could_not(title: str, slug: str) -> None:
    page = f"{title}\n\nLast modified: x\n\nStand.\n\nWords.\n\nUpdated\n"
    found = formats.found_in(page.encode(), "page-text")
    assert found.slug.startswith(slug)
    assert any("no words" in problem for problem in found.problems) == (slug == "live-")
