"""What is found, and its words in the index of the database at hand."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from asithappened.search import schema


def create(_apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Create the index."""
    schema.create()


class Migration(migrations.Migration):
    """Creates the table and its index; the follower fills both."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="Found",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("blog", models.BigIntegerField()),
                ("post", models.CharField(blank=True, max_length=64)),
                ("digest", models.BinaryField(max_length=16)),
            ],
            options={"db_table": "search_found"},
        ),
        migrations.AddConstraint(
            model_name="found",
            constraint=models.UniqueConstraint(fields=("blog", "post"), name="search_found_once"),
        ),
        migrations.RunPython(create),
    )
