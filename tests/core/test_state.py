"""Promise: who may read a live blog, and where it is listed, follows from its audience, its status and its origin."""

import pytest

from asithappened.core.events import Audience
from asithappened.core.state import BlogState, Status

HIDDEN, GONE, REPLAY, LISTED = (False, False, False), (True, False, False), (True, True, False), (True, True, True)


@pytest.mark.parametrize(
    ("audience", "status", "replay", "expected"),
    [
        *((audience, status, False, HIDDEN) for audience in (Audience.NOBODY, Audience.MEMBERS) for status in Status),
        (Audience.EVERYONE, Status.LIVE, False, LISTED),
        (Audience.EVERYONE, Status.CLOSED, False, LISTED),
        (Audience.EVERYONE, Status.GONE, False, GONE),
        (Audience.EVERYONE, Status.CLOSED, True, REPLAY),
        (Audience.EVERYONE, Status.GONE, True, GONE),
    ],
)
def test_a_blog_is_public_until_it_is_taken_down_and_listed_unless_it_is_a_replay(
    audience: Audience, status: Status, replay: bool, expected: tuple[bool, bool, bool]
) -> None:
    blog = BlogState(slug="storm", title="Storm", seq=1, audience=audience, status=status, replay=replay)
    assert (blog.everyones, blog.public, blog.listed) == expected
