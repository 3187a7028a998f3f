"""Keeps choices by keys under the home's secret, those that were made before too; and digests of erased names."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import migrations, models


def under_the_secret(apps: Any, schema_editor: Any) -> None:
    """Give each choice the key that it would have now: made of the one that it has."""
    secret = hashlib.blake2s(settings.SECRET_KEY.encode()).digest()
    choices = apps.get_model("desk", "Choice").objects
    for number, words in list(choices.values_list("pk", "words")):
        kept = hashlib.blake2s(words.encode(), digest_size=12, key=secret).hexdigest()
        choices.filter(pk=number).update(words=kept)


class Migration(migrations.Migration):
    dependencies = [("desk", "0012_learned")]

    operations = [
        migrations.RunPython(under_the_secret, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ErasedName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=32, unique=True)),
                ("words", models.PositiveSmallIntegerField()),
            ],
        ),
    ]
