"""A web site for tests of fetching."""

from collections.abc import Iterator

import pytest

from tests.outbound.site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """Return one that ends with the test."""
    one = Site()
    yield one
    one.close()
