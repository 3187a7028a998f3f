"""Every format that there is: named in one place, documented, and alike in what nobody should have to think of."""

from pathlib import Path
from pkgutil import iter_modules

import pytest
from typer.testing import CliRunner

from asithappened.core import body
from asithappened.importers import formats, registry
from asithappened.wiring.cli import app

PACKAGES = [module.name for module in iter_modules(formats.__path__)]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_format_is_registered_and_documented_and_has_tests_of_its_own(package: str, root: Path) -> None:
    name = package.replace("_", "-")
    assert registry.FORMATS[name].__module__.startswith(f"{formats.__name__}.{package}."), "importers/registry.py"
    lines = (root / "docs/command-line.md").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("| `import FILE") and name in line for line in lines), "docs/command-line.md"
    assert name in CliRunner().invoke(app, ["import", "--help"]).output, "the help of `import`"
    assert list((root / "tests/importers/formats" / package).glob("test_*.py")), "tests/importers/formats"


def test_nothing_is_registered_that_is_no_package_of_formats() -> None:
    assert set(registry.FORMATS) == {package.replace("_", "-") for package in PACKAGES}


@pytest.mark.parametrize(("name", "as_"), [("soft_line_ends.json", "guardian"), ("soft_line_ends.txt", "page-text")])
def test_a_soft_line_end_parts_no_words_in_any_format(name: str, as_: str) -> None:
    found = registry.found_in((Path(__file__).parent / name).read_bytes(), as_)
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
    found = registry.found_in(page.encode(), "page-text")
    assert found.slug.startswith(slug)
    assert any("no words" in problem for problem in found.problems) == (slug == "live-")
