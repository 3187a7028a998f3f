"""Frames, annotations and rows have the key that they are found by, and no id. Made anew: a table gets no other key.

The rebuild that an upgrade does fills them, and is done in any case.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("published", "0016_heads_of_rows"),
    ]

    operations = [
        migrations.DeleteModel("Frame"),
        migrations.DeleteModel("Annotation"),
        migrations.DeleteModel("PublishedRow"),
        migrations.CreateModel(
            name="Frame",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "blog", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("blog", models.BigIntegerField()),
                ("seq", models.BigIntegerField()),
                ("data", models.BinaryField()),
            ],
            options={"db_table": "published_frame"},
        ),
        migrations.CreateModel(
            name="Annotation",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "blog", "post", "subject", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("blog", models.BigIntegerField()),
                ("post", models.CharField(max_length=64)),
                ("subject", models.CharField(max_length=81)),
                ("seq", models.BigIntegerField()),
            ],
            options={
                "db_table": "published_annotation",
                "constraints": (
                    models.UniqueConstraint(
                        fields=("blog", "subject", "post"), name="published_annotation_of_a_subject"
                    ),
                ),
            },
        ),
        migrations.CreateModel(
            name="PublishedRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "blog", "about", "row_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("blog", models.BigIntegerField()),
                ("about", models.CharField(max_length=16)),
                ("row_id", models.CharField(max_length=64)),
                ("section", models.CharField(blank=True, max_length=16)),
                ("source", models.CharField(blank=True, max_length=12)),
                ("named", models.BinaryField()),
                ("post", models.CharField(blank=True, max_length=64)),
                ("last_seq", models.BigIntegerField()),
                ("visible", models.BooleanField()),
                ("entry", models.BinaryField()),
                ("page", models.BinaryField()),
                ("title", models.BinaryField()),
                ("said", models.BinaryField()),
                ("card", models.CharField(blank=True, max_length=12)),
                ("structured", models.BinaryField()),
            ],
            options={"db_table": "published_row"},
        ),
        migrations.RunSQL("UPDATE published_blog SET fingerprint = ''", migrations.RunSQL.noop),
    ]
