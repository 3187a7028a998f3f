"""The rules of the house that no linter off the shelf knows: each a function from a repository to complaints.

Owns what may be said about files and their names. Look next: `test_house.py`, which runs them and plants offences.
"""

import ast
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Names of files that everybody may add to, and that therefore grow without an owner.
OWNERLESS = {"utils", "util", "helpers", "helper", "common", "base", "services", "service", "misc"}

NOT_OURS = {
    ".git", ".venv", "node_modules", "__pycache__", ".hypothesis", ".asithappened",
    ".mypy_cache", ".pytest_cache", ".ruff_cache", ".import_linter_cache",
}  # fmt: skip

DOCSTRING_LINES = 8
# Aim for 200, and split past 400; the lint insists only where nobody could defend it.
MODULE_LINES = 500


def files(root: Path) -> Iterator[Path]:
    """Yield the repository's files, ours only."""
    for path in sorted(root.iterdir()):
        if path.name in NOT_OURS:
            continue
        if path.is_dir():
            yield from files(path)
        elif path.suffix not in {".pyc", ".sqlite3"}:
            yield path


def modules(root: Path) -> Iterator[Path]:
    """Yield the Python modules that people write (Django writes migrations)."""
    return (path for path in files(root) if path.suffix == ".py" and "migrations" not in path.parts)


def ownerless_names(root: Path) -> list[str]:
    """Find files and folders named for nothing: rename each for what it owns."""
    found = []
    for path in files(root):
        for part in path.relative_to(root).parts:
            if part.split(".")[0] in OWNERLESS:
                found.append(f"{path.relative_to(root)}: name it for what it owns")
                break
    return found


def machine_paths(root: Path) -> list[str]:
    """Find text that names a folder of somebody's own machine: this checkout, one beside it, or anybody's home."""
    here = [root]
    # Every machine has these, and a test or a document may name what is in them.
    if root.parent not in {Path("/"), Path("/tmp"), Path("/opt"), Path("/srv"), Path(tempfile.gettempdir())}:
        here += [path for path in root.parent.iterdir() if path.is_dir()]
    ours = [re.escape(str(path)) for path in here if len(path.parts) > 2]  # a container's /app is also a URL's
    folders = "|".join([*ours, r"/(?:home|Users)/\w+", "/root"])
    personal = re.compile(rf"(?<![\w.:/])(?:{folders})(?![\w.-])")
    found = []
    for path in files(root):
        if path.is_relative_to(root / "tests/house"):
            continue  # the offences planted in the tests of these rules
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), start=1):
            if match := personal.search(line):
                found.append(f"{path.relative_to(root)}:{number}: names a folder of one machine, {match[0]}")
    return found


def docstrings(root: Path) -> list[str]:
    """Find modules that do not say, in eight lines at the most, what they own and never do, and where to look next."""
    found = []
    for path in modules(root):
        text = path.read_text()
        if path.name == "__init__.py" and not text.strip() and path.parent.parent.name != "asithappened":
            continue  # a folder inside a room; rooms themselves have something to say
        docstring = ast.get_docstring(ast.parse(text))
        if not docstring:
            found.append(f"{path.relative_to(root)}: say what it owns, what it never does, and where to look next")
        elif len(docstring.splitlines()) > DOCSTRING_LINES:
            found.append(f"{path.relative_to(root)}: its docstring is longer than {DOCSTRING_LINES} lines")
    return found


def signposts(root: Path) -> list[str]:
    """Find docstrings of modules that send a reader to a file that is not there."""
    there = {path.name for path in files(root)}
    return [
        f"{path.relative_to(root)}: leads to {name}, which is not there"
        for path in modules(root / "src")
        for name in re.findall(r"([\w-]+\.(?:py|md|toml))\b", ast.get_docstring(ast.parse(path.read_text())) or "")
        if name not in there
    ]


def long_modules(root: Path) -> list[str]:
    """Find modules so long that they own two things."""
    return [
        f"{path.relative_to(root)}: {lines} lines; split it by what it owns"
        for path in modules(root / "src")
        if (lines := len(path.read_text().splitlines())) > MODULE_LINES
    ]


def clocks_in_core(root: Path) -> list[str]:
    """Find core asking what time it is: a fold tomorrow would differ from today's."""
    return [
        f"{path.relative_to(root)}:{node.lineno}: take the time as an argument"
        for path in modules(root / "src/asithappened/core")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today", "time", "monotonic", "uuid1", "uuid4"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time", "uuid", "dt"}
    ]


def imports_in_published(root: Path) -> list[str]:
    """Find an import in `published/__init__.py`: delivery runs that file, and would drag in whatever it names."""
    tree = ast.parse((root / "src/asithappened/published/__init__.py").read_text())
    return [
        f"src/asithappened/published/__init__.py:{node.lineno}: import nothing here"
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def hosts_in_pins(root: Path) -> list[str]:
    """Find a URL among the pins: hashes say what to install, and where from is each machine's own affair."""
    pins = [*sorted((root / "requirements").glob("*.txt")), root / "frontend/package-lock.json"]
    return [
        f"{path.relative_to(root)}:{number}: names a host"
        for path in pins
        if path.is_file()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(r"--(extra-)?index-url|--find-links|\"resolved\"|@ \w+://|^\w+://", line)
    ]
