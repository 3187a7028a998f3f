"""A Content API answer that was read."""

from typing import Any

from asithappened.importers.formats.guardian import read as guardian
from asithappened.importers.found import FoundBlog
from tests.importers.files import raw


def imported(made: Any) -> FoundBlog:
    return guardian(raw(made))
