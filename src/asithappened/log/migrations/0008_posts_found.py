"""The columns by which the desk finds posts. Old rows get them from the rebuild that an upgrade does anyway."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("log", "0007_subjects_and_commitments"),
    ]

    operations = [
        migrations.AddField(model_name="post", name="status", field=models.CharField(blank=True, max_length=16)),
        migrations.AddField(model_name="post", name="words", field=models.TextField(blank=True)),
        migrations.AddField(model_name="post", name="authors", field=models.TextField(blank=True)),
    ]
