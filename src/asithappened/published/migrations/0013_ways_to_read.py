"""In which hour a post was posted, which the upgrade writes with all else; what stands for an entry without the words of others."""

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
