"""The files of ours that a post shows. Older posts have none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("published", "0008_reached"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedpost",
            name="media",
            field=models.TextField(blank=True, default=""),
        ),
    ]
