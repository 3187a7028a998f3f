"""The database refuses to update or delete a fact."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from asithappened.log import triggers


def create(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.POSTGRESQL if editor.connection.vendor == "postgresql" else triggers.SQLITE:
        editor.execute(statement, None)


class Migration(migrations.Migration):
    """Creates the triggers; it cannot be reversed."""

    dependencies = (("log", "0001_initial"),)
    operations = (migrations.RunPython(create),)
