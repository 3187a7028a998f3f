"""An entry may have the words of several subjects: those of a post, and those of its corrections."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("published", "0011_rows")]

    operations = [
        migrations.AddField(model_name="entry", name="also", field=models.TextField(blank=True, default="")),
    ]
