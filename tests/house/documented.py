"""What the documentation has to name: each rule a function from a repository to what is missing there, or wrong.

Owns what counts as documented. Look next: `test_docs.py`, which runs the rules and plants omissions.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.house_rules import files

PACKAGE = Path("src/asithappened")


def pages(root: Path) -> Iterator[Path]:
    """Yield the repository's documents."""
    return (path for path in files(root) if path.suffix == ".md")


def rows(root: Path, page: str) -> set[str]:
    """Return what the tables of a page are about: the words in the first cell of each row."""
    path = root / page
    return set(re.findall(r"^\| `([^` ]+)", path.read_text("utf-8"), re.MULTILINE)) if path.is_file() else set()


def settings(root: Path) -> list[str]:
    """Find a variable of the environment that the program reads and operating.md does not list, or the reverse."""
    code = "\n".join(path.read_text("utf-8") for path in files(root / "src") if path.suffix == ".py")
    read = set(re.findall(r"\bASITHAPPENED_[A-Z0-9_]*[A-Z]\b", code))
    listed = {name for name in rows(root, "docs/operating.md") if name.startswith("ASITHAPPENED_")}
    missing = [f"docs/operating.md: does not list {name}" for name in sorted(read - listed)]
    return missing + [f"docs/operating.md: lists {name}, which nothing reads" for name in sorted(listed - read)]


def metrics(root: Path) -> list[str]:
    """Find a metric that operating.md does not list, or the reverse."""
    code = "\n".join(path.read_text("utf-8") for path in files(root / PACKAGE) if path.name == "metrics.py")
    kept = set(re.findall(r"\"(asithappened_\w+)\"", code))
    listed = {name for name in rows(root, "docs/operating.md") if name.startswith("asithappened_")}
    missing = [f"docs/operating.md: does not list {name}" for name in sorted(kept - listed)]
    return missing + [f"docs/operating.md: lists {name}, which nobody counts" for name in sorted(listed - kept)]


def kinds(root: Path) -> list[str]:
    """Find a kind of event that log.md does not explain, or one that it explains and that cannot happen."""
    shapes = "\n".join(path.read_text("utf-8") for path in sorted((root / PACKAGE / "core").glob("*events.py")))
    happen = set(re.findall(r"^    KIND = \"([^\"]+)\"", shapes, re.MULTILINE))
    listed = {name for name in rows(root, "docs/log.md") if "." in name}
    missing = [f"docs/log.md: does not explain {name}" for name in sorted(happen - listed)]
    return missing + [f"docs/log.md: explains {name}, which cannot happen" for name in sorted(listed - happen)]


def links(root: Path) -> list[str]:
    """Find a link from one document to a file that is not there."""
    return [
        f"{page.relative_to(root)}: leads to {target}, which is not there"
        for page in pages(root)
        for target in re.findall(r"\]\((?!\w+:)([^)#\s]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]


def targets(root: Path) -> list[str]:
    """Find a `make …` in a document that the Makefile does not have."""
    made = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    return [
        f"{page.relative_to(root)}: there is no `make {target}`"
        for page in pages(root)
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
        if target not in made
    ]


def functions(root: Path) -> list[str]:
    """Find a function or module that ARCHITECTURE.md names and that is not there: `press.door.publish`, say."""
    text = (root / "ARCHITECTURE.md").read_text("utf-8")
    rooms = {path.name for path in (root / PACKAGE).iterdir() if path.is_dir()}
    named = set(re.findall(r"`([a-z]+(?:\.\w+)+)`", text))
    return [
        f"ARCHITECTURE.md: there is no {name}"
        for name in sorted(named)
        if name.split(".")[0] in rooms and not name.endswith((".py", ".md")) and not _there(root / PACKAGE, name)
    ]


def _there(package: Path, name: str) -> bool:
    """Say whether a dotted name leads to a module, or to something that a module defines or passes on."""
    place, parts = package, name.split(".")
    while parts and (place / parts[0]).is_dir():
        place /= parts.pop(0)
    module = place / "__init__.py"
    if parts and (place / f"{parts[0]}.py").is_file():
        module = place / f"{parts.pop(0)}.py"
    inner: list[ast.stmt] = ast.parse(module.read_text("utf-8")).body
    for part in parts:
        found = next((node for node in inner if part in _names(node)), None)
        if found is None:
            return False
        inner = found.body if isinstance(found, ast.ClassDef) else []
    return True


def _names(node: ast.stmt) -> set[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.ImportFrom():
            return {alias.asname or alias.name for alias in node.names}
        case ast.Assign() | ast.AnnAssign():
            return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        case _:
            return set()
