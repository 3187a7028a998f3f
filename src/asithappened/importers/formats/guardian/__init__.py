"""Recorded live blogs of the Guardian's Content API. Look next: `answer`."""

from asithappened.importers.formats.guardian.answer import read

__all__ = ["read"]
