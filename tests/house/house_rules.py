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
# Of a function, its docstring not counted: a longer one decides something, and somebody will ask what it promises.
STATEMENTS = 5

# Where the promises of a file stand that has no tests beside it, because what they need is there.
PROMISED_ELSEWHERE = {
    "src/asithappened/alerts/messages.py": "tests/alerts/test_sending.py",
    "src/asithappened/alerts/outgoing.py": "tests/alerts/test_sending.py",
    "src/asithappened/alerts/subscribing.py": "tests/alerts/test_views.py",
    "src/asithappened/children/child.py": "tests/ledger/test_plugin_process.py",
    "src/asithappened/outbound/posting.py": "tests/alerts/test_sending.py",
    # Several machines, on PostgreSQL.
    "src/asithappened/published/reached_elsewhere.py": "tests/delivery/test_machines.py",
    # Servers on real sockets, which are started once for all that is asked of them.
    "src/asithappened/delivery/app.py": "tests/delivery/test_lanes.py",
    "src/asithappened/delivery/lane.py": "tests/delivery/test_lanes.py",
    "src/asithappened/delivery/disk.py": "tests/delivery/test_ready.py",
    "src/asithappened/delivery/document_cache.py": "tests/delivery/test_documents.py",
    "src/asithappened/delivery/site.py": "tests/delivery/test_documents.py",
    "src/asithappened/delivery/media_files.py": "tests/delivery/test_media.py",
    "src/asithappened/delivery/raw_response.py": "tests/delivery/test_media.py",
    "src/asithappened/delivery/socket_sink.py": "tests/delivery/test_streams.py",
    # What becomes of a file is seen where it is sent in and published: at the desk, which media does not know.
    "src/asithappened/media/arrivals.py": "tests/desk/test_media.py",
    "src/asithappened/media/ingest.py": "tests/desk/test_media.py",
    "src/asithappened/media/using.py": "tests/desk/test_media.py",
    "src/asithappened/media/consume.py": "tests/desk/test_media_kept.py",
    "src/asithappened/media/deletion.py": "tests/desk/test_media_kept.py",
    "src/asithappened/media/portraits.py": "tests/desk/test_profiles.py",
    # A feed is held to its format's rules as it is served: what it is composed of is no whole document.
    "src/asithappened/syndication/feeds/consume.py": "tests/delivery/test_feeds.py",
    "src/asithappened/syndication/feeds/content.py": "tests/delivery/test_feeds.py",
    "src/asithappened/syndication/feeds/entry.py": "tests/delivery/test_feeds.py",
    "src/asithappened/syndication/feeds/json_feed.py": "tests/delivery/test_feeds.py",
    "src/asithappened/syndication/feeds/rss.py": "tests/delivery/test_feeds.py",
    "src/asithappened/syndication/sitemaps/consume.py": "tests/delivery/test_feeds.py",
    "src/asithappened/syndication/sitemaps/writing.py": "tests/delivery/test_feeds.py",
    "src/asithappened/syndication/feeds/fragment.py": "tests/delivery/test_embeds.py",
    # A card is of what readers are shown, and is asked for by them.
    "src/asithappened/media/cards/consume.py": "tests/delivery/test_cards.py",
    "src/asithappened/media/cards/current.py": "tests/delivery/test_cards.py",
    "src/asithappened/media/cards/files.py": "tests/delivery/test_cards.py",
    "src/asithappened/media/cards/views.py": "tests/delivery/test_cards.py",
    # A tool: it draws one, and says how long that took.
    "src/asithappened/media/cards/__main__.py": "tests/media/cards/test_drawing.py",
    # It keeps files, and is seen to where files are let go of.
    "src/asithappened/desk/waiting_words.py": "tests/desk/test_media_kept.py",
    # Each answer that says no is asked for with something typed, which it has to give back.
    "src/asithappened/desk/views/refused.py": "tests/desk/test_typed.py",
    # Delivery decides who reads a rehearsal: it is walked through at a running server.
    "src/asithappened/desk/views/rehearsal.py": "tests/journeys/test_flow.py",
}
# One thing that the desk can do is an action, a form and a view of one name; its promises are proved through the desk's
# own addresses, all three together.
DESK_LAYERS = ("desk/actions", "desk/forms", "desk/views")

# Where it is decided whether everyone may read a live blog: from its state, and from its row among the finished bytes.
EVERYONES = {"core/state.py", "published/models.py", "published/read.py"}
_IS_EVERYONE = re.compile(r"""audience (?:is|is not|==|!=) (?:[\w.]*\bEVERYONE\b|["']everyone["'])""")


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
            continue  # a folder inside a package of ours; those themselves have something to say
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


def unmirrored(root: Path) -> list[str]:
    """Find files with logic in them whose promises are not where somebody looks for them."""
    found = []
    for path in modules(root / "src"):
        name = path.relative_to(root).as_posix()
        if _longest_function(path) <= STATEMENTS:
            continue
        wanted = PROMISED_ELSEWHERE.get(name) or _mirror(path.relative_to(root / "src/asithappened"))
        if not (root / wanted).is_file():
            found.append(f"{name}: its promises are looked for in {wanted}")
    return found


def _mirror(file: Path) -> str:
    """Return where the tests of a file stand; those of a package's own file are called like the package.

    Those of an action, a form and a view of one name stand together.
    """
    stem = file.parent.name if file.stem == "__init__" else file.stem.strip("_")
    folder = file.parent.parent if file.parent.as_posix() in DESK_LAYERS else file.parent
    return (Path("tests") / folder / f"test_{stem}.py").as_posix()


def _longest_function(path: Path) -> int:
    """Return how many statements the longest function of a file has, those inside it too."""
    lengths = [0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            own = node.body[1:] if ast.get_docstring(node) else node.body
            lengths.append(sum(isinstance(inner, ast.stmt) for one in own for inner in ast.walk(one)))
    return max(lengths)


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


def everyones(root: Path) -> list[str]:
    """Find another decision whether everyone may read a live blog: a wrong one shows readers a rehearsal."""
    return [
        f"{path.relative_to(root)}:{number}: ask the blog: `everyones`, `public` or `listed`"
        for path in modules(root / "src/asithappened")
        if path.relative_to(root / "src/asithappened").as_posix() not in EVERYONES
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if _IS_EVERYONE.search(line)
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
