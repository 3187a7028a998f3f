"""Every import contract of pyproject.toml catches what it forbids, planted in copies of src.

Never touches the real src. Look next: "Layers" in pyproject.toml, where each contract says what to do instead.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path("src/asithappened")


@dataclass(frozen=True, kw_only=True)
class Violation:
    """Lines added to modules (made where missing) that break one contract, and the import that its report names."""

    contract: str
    lines: dict[str, str]
    caught: str


VIOLATIONS = {
    "the log imports what renders it": Violation(
        contract="layers",
        lines={"log/planted.py": "import asithappened.render"},
        caught="asithappened.log.planted -> asithappened.render",
    ),
    "delivery calls its neighbour render": Violation(
        contract="layers",
        lines={"delivery/planted_neighbour.py": "import asithappened.render"},
        caught="asithappened.delivery.planted_neighbour -> asithappened.render",
    ),
    "a package has no layer": Violation(
        contract="layers",
        lines={"planted/__init__.py": ""},
        caught="asithappened.planted",
    ),
    "delivery imports Django": Violation(
        contract="readers",
        lines={"delivery/planted_django.py": "import django.http"},
        caught="asithappened.delivery.planted_django -> django",
    ),
    "delivery reaches Django through the writing half of published": Violation(
        contract="readers",
        lines={
            "delivery/planted_way.py": "import asithappened.published.planted",
            "published/planted.py": "import django.db",
        },
        caught="asithappened.published.planted -> django",
    ),
    "the reading half of published reaches Django": Violation(
        contract="readers",
        lines={
            "published/read.py": "import asithappened.published.planted",
            "published/planted.py": "import django.db",
        },
        caught="asithappened.published.read -> asithappened.published.planted",
    ),
    "the doorbell decodes an event": Violation(
        contract="readers",
        lines={"published/doorbell.py": "import asithappened.core"},
        caught="asithappened.published.doorbell -> asithappened.core",
    ),
    "the inside of the sandbox decodes with the schema library": Violation(
        contract="sandbox",
        lines={"media/sandbox/bounds.py": "import msgspec"},
        caught="asithappened.media.sandbox.bounds -> msgspec",
    ),
    "the fast lane asks the plain one": Violation(
        contract="lanes",
        lines={"delivery/lane.py": "import asithappened.delivery.app"},
        caught="asithappened.delivery.lane -> asithappened.delivery.app",
    ),
    "the desk puts a document": Violation(
        contract="documents",
        lines={"desk/planted.py": "import asithappened.published.documents"},
        caught="asithappened.desk.planted -> asithappened.published.documents",
    ),
    "a package's rendering puts its documents past its consume.py": Violation(
        contract="documents",
        lines={"front/planted.py": "import asithappened.published.documents"},
        caught="asithappened.front.planted -> asithappened.published.documents",
    ),
    "the front page is rendered by what renders it": Violation(
        contract="layers",
        lines={"render/planted.py": "import asithappened.front"},
        caught="asithappened.render.planted -> asithappened.front",
    ),
    "a verb opens a file of media": Violation(
        contract="files",
        lines={"desk/actions/planted.py": "import asithappened.media.store"},
        caught="asithappened.desk.actions.planted -> asithappened.media.store",
    ),
    "the desk appends past press": Violation(
        contract="append",
        lines={"desk/actions/planted.py": "import asithappened.log.append"},
        caught="asithappened.desk.actions.planted -> asithappened.log.append",
    ),
    "a view publishes without a verb": Violation(
        contract="press",
        lines={"desk/planted.py": "import asithappened.press"},
        caught="asithappened.desk.planted -> asithappened.press",
    ),
    "an importer publishes past the runner": Violation(
        contract="press",
        lines={"importers/planted.py": "import asithappened.press"},
        caught="asithappened.importers.planted -> asithappened.press",
    ),
    "a command publishes by itself": Violation(
        contract="press",
        lines={"wiring/planted.py": "import asithappened.press"},
        caught="asithappened.wiring.planted -> asithappened.press",
    ),
    "one format imports another": Violation(
        contract="formats",
        lines={"importers/formats/planted.py": "import asithappened.importers.formats.guardian.fields"},
        caught="asithappened.importers.formats.planted -> asithappened.importers.formats.guardian.fields",
    ),
    "one format reaches another through what both share": Violation(
        contract="formats",
        lines={
            "importers/formats/page_text/dates.py": "import asithappened.importers.bylines",
            "importers/bylines.py": "import asithappened.importers.formats.guardian.fields",
        },
        caught="asithappened.importers.bylines -> asithappened.importers.formats.guardian.fields",
    ),
    "a format looks at what is here already": Violation(
        contract="reading",
        lines={"importers/formats/guardian/planted.py": "import asithappened.importers.plan"},
        caught="asithappened.importers.formats.guardian.planted -> asithappened.importers.plan",
    ),
    "core opens a file": Violation(
        contract="core",
        lines={"core/planted.py": "import pathlib"},
        caught="asithappened.core.planted -> pathlib",
    ),
    "two modules need each other, one for a type alone": Violation(
        contract="cycles",
        lines={
            "log/planted_hen.py": "import asithappened.log.planted_egg",
            "log/planted_egg.py": "import typing\nif typing.TYPE_CHECKING:\n    import asithappened.log.planted_hen",
        },
        caught="planted_",
    ),
}


@pytest.fixture
def copy(tmp_path: Path, root: Path) -> Path:
    """Return a copy of src and of the contracts, for planting in."""
    shutil.copytree(root / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "locale"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def lint(copy: Path) -> subprocess.CompletedProcess[str]:
    """Run lint-imports over this copy, which comes before the installed package on the path."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    environment = os.environ | {"PYTHONPATH": str(copy / "src"), "COLUMNS": "200"}
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)


def contracts(root: Path) -> list[dict[str, str]]:
    """Return the contracts as pyproject.toml has them."""
    found: list[dict[str, str]] = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    return found


def said_of(report: str, contract: str) -> str:
    """Return what a report says of a contract that is broken; "" of one that is kept."""
    _, _, broken = report.partition("\nBroken contracts\n")
    _, heading, rest = f"{broken}\n".partition(f"\n{contract}\n{'-' * len(contract)}\n")
    return " ".join(re.split(r"\n-+\n", rest, maxsplit=1)[0].split()) if heading else ""


def rounds() -> list[list[str]]:
    """Return the violations in rounds, so that one run serves many: in each no two of one contract."""
    found: list[list[str]] = []
    for name, violation in VIOLATIONS.items():
        for together in found:
            if violation.contract not in {VIOLATIONS[other].contract for other in together}:
                together.append(name)
                break
        else:
            found.append([name])
    return found


def test_the_house_keeps_its_contracts(copy: Path) -> None:
    report = lint(copy)
    assert report.returncode == 0, report.stdout


@pytest.mark.parametrize("together", rounds(), ids=" + ".join)
def test_a_contract_catches(together: list[str], copy: Path, root: Path) -> None:
    for name in together:
        for module, line in VIOLATIONS[name].lines.items():
            path = copy / PACKAGE / module
            path.parent.mkdir(parents=True, exist_ok=True)
            for folder in (parent for parent in path.parents if parent.is_relative_to(copy / PACKAGE)):
                (folder / "__init__.py").touch()
            with path.open("a") as file:
                file.write(f"\n{line}\n")
    report = lint(copy)
    names = {contract["id"]: contract["name"] for contract in contracts(root)}
    missed = [
        name
        for name in together
        if VIOLATIONS[name].caught not in said_of(report.stdout, names[VIOLATIONS[name].contract])
    ]
    assert missed == [], report.stdout + report.stderr


def test_each_contract_is_broken_by_some_violation_and_says_what_to_do_instead(root: Path) -> None:
    assert {contract["id"] for contract in contracts(root)} == {one.contract for one in VIOLATIONS.values()}
    assert all(contract["broken_contract_guidance"].strip() for contract in contracts(root))
