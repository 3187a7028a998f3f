"""The head of a row's own page is its words, in the layout's tags. The rebuild that an upgrade does fills them in.

A list has nearly all rows of a live blog, so that it needs no index by section.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("published", "0015_sources"),
    ]

    operations = [
        migrations.RemoveIndex("PublishedRow", "published_row_in_order"),
        migrations.RemoveField("PublishedRow", "head"),
        migrations.AddField("PublishedRow", "title", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField("PublishedRow", "said", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField(
            "PublishedRow", "card", models.CharField(blank=True, default="", max_length=12), preserve_default=False
        ),
    ]
