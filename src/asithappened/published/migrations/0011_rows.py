"""The ledger's rows in published form. The rebuild that an upgrade does fills the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("published", "0010_annotations"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("blog", models.BigIntegerField()),
                ("about", models.CharField(max_length=16)),
                ("row_id", models.CharField(max_length=64)),
                ("section", models.CharField(blank=True, max_length=16)),
                ("post", models.CharField(blank=True, max_length=64)),
                ("last_seq", models.BigIntegerField()),
                ("visible", models.BooleanField()),
                ("entry", models.BinaryField()),
                ("page", models.BinaryField()),
                ("head", models.BinaryField()),
                ("structured", models.BinaryField()),
            ],
            options={
                "db_table": "published_row",
                "constraints": (
                    models.UniqueConstraint(fields=("blog", "about", "row_id"), name="published_row_once"),
                ),
                "indexes": [
                    models.Index(fields=["blog", "section", "-last_seq"], name="published_row_in_order"),
                ],
            },
        ),
    ]
