"""Whom a description means, by who was named with it before."""

import pytest

from tests.ledger.sayings import Continued, continued, who_speaks


@pytest.mark.parametrize("post", continued("descriptions.txt"), ids=lambda post: post.text[:60])
def test_a_description_means_who_alone_was_called_so_before(post: Continued) -> None:
    assert who_speaks(post) == post.who
