"""The hour of a post, which the rebuild of an upgrade fills; an entry's version without the words of other subjects."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("published", "0012_entries_of_several_subjects"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedpost",
            name="hour",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="entry",
            name="bare",
            field=models.BinaryField(default=b""),
        ),
    ]
