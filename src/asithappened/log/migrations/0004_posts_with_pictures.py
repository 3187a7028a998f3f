import json
from typing import Any

from django.db import migrations, models


def mark(apps: Any, schema_editor: Any) -> None:
    posts = apps.get_model("log", "Post").objects.using(schema_editor.connection.alias)
    for pk, state in posts.values_list("pk", "state").iterator():
        if _pictured(json.loads(bytes(state)).get("body")):
            posts.filter(pk=pk).update(pictured=True)


def _pictured(node: Any) -> bool:
    if isinstance(node, list):
        return any(map(_pictured, node))
    if not isinstance(node, dict):
        return False
    if node.get("type") == "image" and node.get("attrs", {}).get("src"):
        return True
    return _pictured(node.get("content"))


class Migration(migrations.Migration):
    dependencies = [
        ("log", "0003_posts_in_order"),
    ]

    operations = [
        migrations.AddField(model_name="post", name="pictured", field=models.BooleanField(default=False)),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("pictured", True)),
                fields=["blog", "-position", "-first_seq"],
                name="log_post_pictured",
            ),
        ),
    ]
