"""Publishes through the one door, in a process of its own: `python -m bench.publisher`, one JSON command a line.

Owns making posts of a given length with the swarm's mark in them, the instants before and after each append, and the
cost of one publish beside a bare append of the same rows (`Twin`). It opens the same home folder as the server (by its
environment), so a publish rings the same doorbell as an editor's.
"""

import hashlib
import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def main() -> None:
    """Read commands until standard input ends."""
    import django  # noqa: PLC0415

    from asithappened.wiring.sqlite import use_safe_sqlite  # noqa: PLC0415

    use_safe_sqlite()  # before Django binds sqlite3
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    for database in ("default", "drafts"):
        call_command("migrate", database=database, verbosity=0, interactive=False)
    for line in sys.stdin:
        arguments = json.loads(line)
        try:
            answer = {"what": "done", **COMMANDS[arguments.pop("do")](**arguments)}
        except Exception as error:
            answer = {"what": "error", "why": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def open_blog(slug: str) -> dict[str, Any]:
    """Open the blog, or return the one of an earlier run."""
    from asithappened import press  # noqa: PLC0415
    from asithappened.core.events import Audience, BlogOpened  # noqa: PLC0415

    event = BlogOpened(slug=slug, title="What the machine allows", audience=Audience.EVERYONE)
    receipt = press.publish(None, [event], once=f"bench-{slug}")
    return {"blog": receipt.blog, "epoch": receipt.epoch}


def posts(blog: int, first: int, count: int, chars: int) -> dict[str, Any]:
    """Publish posts in one append."""
    from asithappened import press  # noqa: PLC0415

    before_ns = time.monotonic_ns()
    receipt = press.publish(blog, [_post(number, before_ns, chars) for number in range(first, first + count)])
    answer_ns = time.monotonic_ns()
    return {
        "before_ns": before_ns, "answer_ns": answer_ns,
        "epoch": receipt.epoch, "first": receipt.first, "last": receipt.last,
    }  # fmt: skip


def seed(blog: int, first: int, count: int, chars: int) -> dict[str, Any]:
    """Publish many posts, 50 an append, which is faster."""
    for start in range(first, first + count, 50):
        posts(blog, start, min(50, first + count - start), chars)
    Twin.forget()
    return {}


def picture(blog: int, size: int) -> dict[str, Any]:
    """Publish a post with a picture whose widest file has this size; return the file's address below the blog."""
    from django.conf import settings  # noqa: PLC0415

    from asithappened import press  # noqa: PLC0415
    from asithappened.core import body, media  # noqa: PLC0415
    from asithappened.core.events import PostPublished  # noqa: PLC0415

    chance = random.Random(7)  # noqa: S311 - the same bytes in every run
    data, id_, name = chance.randbytes(size), "bench123", media.file_name(1280, "webp")
    digest = hashlib.sha256(data).hexdigest()
    file = Path(settings.MEDIA_FOLDER) / media.path(id_, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    shown = body.Image(attrs=body.ImageAttrs(media=id_, digest=digest, alt="Noise", width=1280, height=853))
    doc = body.with_ids(body.Doc(content=(shown,)), seed="picture")
    event = PostPublished(post="picture", body=doc, published_at=datetime.now(UTC))
    press.publish(blog, [event], once="bench-picture")
    return {"rest": f"p/picture/media/{id_}/{digest[:8]}/{name}"}


def cost(blog: int, number: int, chars: int, way: str) -> dict[str, Any]:
    """Publish one post by `press` or by `desk`; return its processor time, a bare append's, and its statements.

    Needs SQLite: the bare append is made in a twin of the home's file.
    """
    from django.db import connection  # noqa: PLC0415

    from asithappened import press  # noqa: PLC0415
    from asithappened.desk import actions  # noqa: PLC0415
    from asithappened.desk.draft import Draft  # noqa: PLC0415

    twin, editor = Twin.of_home(), _editor()
    event = _post(number, time.monotonic_ns(), chars)
    written: list[tuple[str, list[Any]]] = []
    statements = 0

    def seen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal statements
        statements += 1
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written.append((sql, params if many else [params]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(seen):
        before = time.process_time_ns()
        if way == "press":
            press.publish(blog, [event])
        else:
            draft = Draft(title=event.title, body=event.body)
            actions.publish_post(blog, by=editor, draft=draft, once=event.post)
        spent = time.process_time_ns() - before
    return {"cpu_us": spent / 1e3, "bare_us": twin.append(written) / 1e3, "statements": statements}


def with_rows(blog: int, number: int, chars: int, way: str, rows: int) -> dict[str, Any]:
    """Publish one post with so many rows of the ledger, by `press` or by `desk`; return its processor time."""
    from asithappened import press  # noqa: PLC0415
    from asithappened.desk import actions  # noqa: PLC0415
    from asithappened.desk.draft import Draft  # noqa: PLC0415
    from asithappened.ledger.accepted import AcceptedFigure, AcceptedStatement  # noqa: PLC0415

    event, editor = _post(number, time.monotonic_ns(), chars), _editor()
    said = body_text(event)
    events = [event, *_rows(event, rows)]
    taken = [
        AcceptedStatement(exact=said, text=f"It stands at {n} cm.", name=f"Witness {n}", channel="radio")
        for n in range(max(0, rows - 3))
    ]
    figures = [AcceptedFigure(exact=said, label=f"Level {n}", value=100.0 + n) for n in range(min(3, rows))]
    draft = Draft(title=event.title, body=event.body)
    before = time.process_time_ns()
    if way == "press":
        press.publish(blog, events)
    else:
        actions.publish_post(blog, by=editor, draft=draft, once=event.post, rows=(*taken, *figures))
    return {"cpu_us": (time.process_time_ns() - before) / 1e3}


def body_text(event: Any) -> str:
    """Return the first words of a post's body."""
    from asithappened.core import body  # noqa: PLC0415

    return " ".join(body.plain(event.body).split(" ")[:6])


def _rows(event: Any, count: int) -> list[Any]:
    """Return the events of rows that rest on a post: statements, and a series with two values as the last three."""
    from asithappened.core import events as e  # noqa: PLC0415

    if not count:
        return []
    anchor = e.Anchor(post=event.post, exact=body_text(event), start=1, end=30)
    by = e.SaidBy(name="Bo Lund", role="coastguard officer")
    made: list[Any] = [
        e.StatementRecorded(
            statement=f"{event.post}-{n}", text=f"The water stands at {n} cm.", by=by, on=e.SaidOn(channel="radio"),
            hedges=("unverified",), anchors=(anchor,),
        )
        for n in range(count - 3)
    ]  # fmt: skip
    made.append(e.SeriesRecorded(series=event.post, label="Homes without power"))
    made += [e.SeriesMoved(series=event.post, value=4600.0 + n, by=by, anchors=(anchor,)) for n in range(2)]
    return made


def page(blog: int, rows: int) -> dict[str, Any]:
    """Record a row for each of the newest posts; return the gzipped size of the main page."""
    import gzip  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415

    from asithappened import press  # noqa: PLC0415
    from asithappened.core import events as e  # noqa: PLC0415
    from asithappened.delivery import compose  # noqa: PLC0415
    from asithappened.delivery.routes import Kind, Resource  # noqa: PLC0415
    from asithappened.log import read  # noqa: PLC0415
    from asithappened.published.layout import House  # noqa: PLC0415
    from asithappened.published.read import Library  # noqa: PLC0415

    for number, post in enumerate(read.posts(blog, newest=rows)):
        anchor = e.Anchor(post=post.id, exact=body_text(post), start=1, end=30)
        by = e.SaidBy(name=f"Witness {number}", role="engineer of the district")
        said = e.StatementRecorded(
            statement=f"s{number}", text=f"The water at gauge {number} stood at {number * 7} cm and went on rising.",
            by=by, on=e.SaidOn(channel="radio"), hedges=("unverified",), anchors=(anchor,),
        )  # fmt: skip
        press.publish(blog, [said])
    library = Library(Path(settings.DATABASES["default"]["NAME"]))
    [found] = library.blogs([blog])
    document = compose.document(library, found, Resource(kind=Kind.PAGE, slug=found.slug), version=1, house=House())
    return {"gzipped": len(gzip.compress(document.bodies[b""], 6))}


def _editor() -> Any:
    from asithappened.accounts.models import User  # noqa: PLC0415

    return User.objects.filter(email="bench@localhost").first() or User.objects.create_superuser("bench@localhost")


class Twin:
    """A copy of the home's SQLite file that gets the same rows at the same moment, by sqlite3 alone.

    It shows the least that a publish can cost: one transaction with the same statements, without making their bytes.
    """

    _only: "Twin | None" = None

    @classmethod
    def of_home(cls) -> "Twin":
        """Return the twin of this process's home, made at the first call."""
        cls._only = cls._only or cls()
        return cls._only

    @classmethod
    def forget(cls) -> None:
        """Forget the twin, so that the next one is a copy of the home at that time."""
        cls._only = None

    def __init__(self) -> None:
        import sqlite3  # noqa: PLC0415 - after use_safe_sqlite, which chooses it

        from django.conf import settings  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415

        _editor()
        own = settings.DATABASES["default"]
        path = Path(own["NAME"]).with_name("twin.sqlite3")
        path.unlink(missing_ok=True)
        connection.ensure_connection()
        self._connection: Any = sqlite3.connect(path, isolation_level=None)
        connection.connection.backup(self._connection)
        self._connection.executescript(own["OPTIONS"]["init_command"])

    def append(self, written: list[tuple[str, list[Any]]]) -> int:
        """Run the same statements; return their processor time in nanoseconds."""
        plain = [(sql.replace("%s", "?"), params) for sql, many in written for params in many]
        before = time.process_time_ns()
        self._connection.execute("BEGIN IMMEDIATE")
        for sql, params in plain:
            self._connection.execute(sql, params).fetchall()
        self._connection.execute("COMMIT")
        return time.process_time_ns() - before


def _post(number: int, at_ns: int, chars: int) -> Any:
    from asithappened.core import body  # noqa: PLC0415
    from asithappened.core.events import PostPublished  # noqa: PLC0415

    # Different words, and not one letter a thousand times: its pages have to compress like real ones.
    words = " ".join(WORDS[(number * 7 + i * i * 31 + i) % len(WORDS)] for i in range(chars // 6))
    cut = len(words) // 3
    return PostPublished(
        post=f"b{number}-{time.time_ns():x}",
        title=f"bench-mark-{number:08d}-{at_ns:020d}",
        body=body.with_ids(
            body.Doc(content=(body.paragraph(words[:cut]), body.paragraph(words[cut:]))), seed=str(number)
        ),
        published_at=datetime.now(UTC),
    )


COMMANDS: dict[str, Callable[..., dict[str, Any]]] = {
    "open": open_blog,
    "posts": posts,
    "seed": seed,
    "picture": picture,
    "cost": cost,
    "with_rows": with_rows,
    "page": page,
}
WORDS = """
the of and to a in that it is was for on are as with his they at be this from have or by one had not but what all were
when we there can an your which their said if do will each about how up out them then she many some so these would other
into has more her two like him see time could no make than first been its who now people my made over did down only way
find use may water long little very after words called just where most know river council bridge minister police flood
warning station evening morning quarter district engineer statement spokesperson reported confirmed earlier according
""".split()  # noqa: SIM905

if __name__ == "__main__":
    main()
