"""Posts keep every reason that readers were given: their rows are folded again from their facts."""

from typing import Any, Final

import msgspec
from django.db import migrations

from asithappened.core import codec, fold
from asithappened.core.events import Fact, Origin
from asithappened.core.state import PostState

_ENCODER: Final = msgspec.json.Encoder()
_COLUMNS: Final = ("seq", "at", "origin", "kind", "version", "post", "position", "payload__data")


def fold_again(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    entries = apps.get_model("log", "Entry").objects.using(using)
    posts = apps.get_model("log", "Post").objects.using(using)
    # A post that was never edited has no reason but that of its withdrawal, which stands where it stood.
    edited = entries.filter(kind__in=("post.revised", "payload.erased")).values_list("blog_id", "post").distinct()
    for blog, post in list(edited):
        state: PostState | None = None
        for row in entries.filter(blog_id=blog, post=post).order_by("seq").values_list(*_COLUMNS).iterator():
            state = fold.apply_post(state, _fact(*row))
        if state is not None:
            posts.filter(blog_id=blog, post=post).update(state=_ENCODER.encode(state))


def _fact(seq: int, at: Any, origin: str, kind: str, version: int, post: str, position: int | None, data: Any) -> Fact:
    event = codec.decode(kind, version, None if data is None else bytes(data))
    return Fact(
        epoch="",
        seq=seq,
        at=at,
        origin=Origin(origin),
        kind=kind,
        version=version,
        post=post,
        position=position,
        event=event,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("log", "0005_scrub"),
    ]

    operations = [
        migrations.RunPython(fold_again, migrations.RunPython.noop),
    ]
