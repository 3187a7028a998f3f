"""Facts are never updated or deleted, whoever asks the database to."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from asithappened.log import triggers


def create(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers in the words of the database at hand."""
    for statement in triggers.POSTGRESQL if editor.connection.vendor == "postgresql" else triggers.SQLITE:
        editor.execute(statement, None)


class Migration(migrations.Migration):
    """Creates the triggers; they are not taken back."""

    dependencies = (("log", "0001_initial"),)
    operations = (migrations.RunPython(create),)
