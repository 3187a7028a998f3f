"""Homes made by earlier versions, kept as the rows of their tables: `python -m tests.homes.kept --help`.

Owns their form. A home is one file, `made_by_COMMIT.json.gz`: the migrations it had, every row of every table as
Django's serializer writes it, and what its version folded the log of each blog to. It is loaded into a database that
has had those migrations and no others, on SQLite and PostgreSQL alike; then the program upgrades it like any other.
A change that touches an event adds one: `python -m tests.homes.kept make COMMIT`, in an empty ASITHAPPENED_HOME, with
the code of before the change.
"""

import argparse
import gzip
import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
# Made by migrate itself, in every database.
_OWN: Final = frozenset(("django_migrations", "django_content_type", "auth_permission"))


def names() -> list[str]:
    """Return the homes that are kept."""
    return sorted(path.name.removesuffix(".json.gz") for path in HERE.glob("*.json.gz"))


def read(name: str) -> dict[str, Any]:
    """Return a home."""
    home: dict[str, Any] = json.loads(gzip.decompress((HERE / f"{name}.json.gz").read_bytes()))
    return home


def make(commit: str) -> None:
    """Play the day into an empty home, and keep it."""
    from asithappened.wiring import home

    home.prepare()
    from django.apps import apps
    from django.core import serializers
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from asithappened.core import events, fold
    from asithappened.log import read as log
    from tests.homes import day

    day.play()
    kinds = {fact.kind for blog in log.every_blog() for fact in log.facts(blog)}
    if kinds != {kind.KIND for kind in events.ALL}:
        raise SystemExit(
            f"The day has no { ({kind.KIND for kind in events.ALL} - kinds) }: add it to tests/homes/day.py."
        )
    models = [model for model in apps.get_models() if model._meta.db_table not in _OWN]
    kept = {
        "migrations": [list(leaf) for leaf in MigrationLoader(connection).graph.leaf_nodes()],
        "rows": {m._meta.label_lower: serializers.serialize("python", m._base_manager.order_by("pk")) for m in models},
        "folded": {
            state.blog.slug: folded(state)
            for state in (fold.fold(log.facts(blog)) for blog in log.every_blog())
            if state.blog is not None
        },
    }
    text = json.dumps(kept, default=_instant, ensure_ascii=False, sort_keys=True)
    path = HERE / f"made_by_{commit}.json.gz"
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def folded(state: Any) -> dict[str, Any]:
    """Return what a log folds to as plain values, in the form that homes keep."""
    import msgspec

    rows = {str(subject): row for subject, row in state.rows.items()}
    named = {"seq": state.seq, "blog": state.blog, "posts": state.posts, "rows": rows}
    plain: dict[str, Any] = msgspec.to_builtins(named)
    return plain


def _instant(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} has no form here yet")
    return value.isoformat()  # Django's own encoder cuts microseconds off


def load(name: str) -> None:
    """Put a home into an empty database, as its version left it. Upgrading is the caller's."""
    from asithappened.wiring import home

    home.load()
    from django.core.management.color import no_style
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    kept = read(name)
    executor = MigrationExecutor(connection)
    targets = [(app, migration) for app, migration in kept["migrations"]]
    apps = executor.migrate(targets).apps
    with transaction.atomic():
        for label, rows in kept["rows"].items():
            model = apps.get_model(label)
            model._base_manager.bulk_create(
                model(pk=row["pk"], **_fields(model, row["fields"]))
                for row in rows  # many-to-many: none is used
            )
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(
                no_style(), [apps.get_model(label) for label in kept["rows"]]
            ):
                cursor.execute(statement)


def _fields(model: Any, fields: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for name, value in fields.items():
        field = model._meta.get_field(name)
        if not field.many_to_many:
            to = field.target_field if field.is_relation else field
            found[field.attname] = to.to_python(value)
    return found


def main() -> None:
    """Make or load one."""
    parser = argparse.ArgumentParser(description="Homes made by earlier versions.")
    parser.add_argument("do", choices=["make", "load"])
    parser.add_argument("name")
    options = parser.parse_args()
    make(options.name) if options.do == "make" else load(options.name)


if __name__ == "__main__":
    main()
