"""A Content API answer's fields: strings or booleans, and nonsense is the same as nothing."""

import copy

import pytest

from asithappened.core.events import PostKind
from tests.importers.files import STORM, block, item
from tests.importers.formats.guardian.read_back import imported


@pytest.mark.parametrize("live", ["true", True, "True"])
def test_flags_are_read_as_strings_and_as_booleans(live: object) -> None:
    blocks = copy.deepcopy(STORM)
    blocks[2]["attributes"] = {"keyEvent": live, "pinned": live}
    found = imported(item(blocks=blocks, liveBloggingNow=live))
    assert (found.live, found.posts[2].kind, found.posts[2].pinned) == (True, PostKind.KEY_EVENT, True)


@pytest.mark.parametrize("live", ["false", False, None, "", 0])
def test_a_blog_that_does_not_say_it_is_live_is_closed(live: object) -> None:
    assert not imported(item(blocks=STORM, liveBloggingNow=live)).live


def test_a_tag_or_time_that_is_nonsense_is_the_same_as_none() -> None:
    made = item(blocks=[block("g7", "<p>x</p>", firstPublishedDate="yesterday", publishedDate=None)])
    made["tags"] = [{"id": 5, "type": ["contributor"], "webTitle": {}}, "tag"]
    (post,) = imported(made).posts
    assert post.published_at is None
