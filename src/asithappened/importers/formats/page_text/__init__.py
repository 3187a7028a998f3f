"""A live blog saved as one page of plain text. Look next: `page`."""

from asithappened.importers.formats.page_text.page import read

__all__ = ["read"]
