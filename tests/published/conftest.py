"""A folder with a path short enough for a Unix socket."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """Yield a folder for doorbells, not made yet."""
    with tempfile.TemporaryDirectory(prefix="aih-bell-") as name:
        yield Path(name) / "doorbells"
