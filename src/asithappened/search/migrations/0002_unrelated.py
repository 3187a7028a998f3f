"""Under which live blogs no related coverage stands by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Creates the table."""

    dependencies = (("search", "0001_initial"),)
    operations = (
        migrations.CreateModel(
            name="Unrelated",
            fields=[("blog", models.BigIntegerField(primary_key=True, serialize=False))],
            options={"db_table": "search_unrelated"},
        ),
    )
