"""Settings of an installation whose application of drafts has a model already, as some version to come will."""

from asithappened.wiring.settings import *  # noqa: F403

MIGRATION_MODULES = {"drafts": "tests.desk.drafts.migrations"}
