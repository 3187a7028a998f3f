from typing import Any

from django.db import migrations, models


def judge(apps: Any, schema_editor: Any) -> None:
    """Vouch for those whom whoever runs the machine let in, and forget addresses that anybody could add to an account.

    Who has any of those may have an account's address of somebody else's choosing, and is not vouched for: the next
    `asithappened invite` then closes the account to whoever is in it, and gives a new way in.
    """
    User = apps.get_model("accounts", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    touched = EmailAddress.objects.values("user")
    User.objects.filter(is_staff=True, invited_by=None).exclude(pk__in=touched).update(vouched=True)
    EmailAddress.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.AddField(model_name="user", name="vouched", field=models.BooleanField(default=False)),
        migrations.RunPython(judge, migrations.RunPython.noop, elidable=False),
    ]
