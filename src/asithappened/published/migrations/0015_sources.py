"""A row of the ledger is found by its source, which the rebuild of an upgrade fills in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("published", "0014_placed"),
    ]

    operations = [
        migrations.AddField(
            "PublishedRow", "source", models.CharField(blank=True, default="", max_length=12), preserve_default=False
        ),
        migrations.AddField("PublishedRow", "named", models.BinaryField(default=b""), preserve_default=False),
    ]
