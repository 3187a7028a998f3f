"""What readers get over HTTP: pages, permalinks, deltas; their headers, their compression, their refusals."""

import pytest

from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served


@pytest.mark.both
def test_smoke(anywhere: Served, blog: Blog) -> None:
    page = anywhere.warm(blog.path())
    assert page.status == 200
    assert b"Post number 3." in page.body
