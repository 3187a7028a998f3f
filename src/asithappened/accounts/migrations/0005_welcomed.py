from typing import Any

from django.db import migrations, models
from django.db.models import F


def were_here(apps: Any, schema_editor: Any) -> None:
    """Show nobody round who was here before there were first steps."""
    apps.get_model("accounts", "User").objects.filter(is_superuser=True).update(welcomed_at=F("date_joined"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_language"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="welcomed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(were_here, migrations.RunPython.noop),
    ]
