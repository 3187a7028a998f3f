"""A note may stand in the place of a withdrawn post. Before, only visible posts had a place."""

from django.db import migrations, models
from django.db.models import F


def place(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Have every visible post stand where it stood."""
    apps.get_model("published", "PublishedPost").objects.update(placed=F("visible"))


class Migration(migrations.Migration):
    dependencies = [
        ("published", "0013_ways_to_read"),
    ]

    operations = [
        migrations.AddField("PublishedPost", "placed", models.BooleanField(default=False), preserve_default=False),
        migrations.RunPython(place, migrations.RunPython.noop),
        migrations.AddIndex(
            "PublishedPost",
            models.Index(fields=["blog", "placed", "position", "first_seq"], name="published_post_placed"),
        ),
    ]
