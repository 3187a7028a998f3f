"""A tag's page has the public live blogs with that tag, whatever its spelling, and none that lost it."""

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.front.tags import consume as tags
from asithappened.log import follow
from tests.front.told import opened, told

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_a_tag_has_a_page_of_the_live_blogs_that_have_it_and_a_blog_leaves_with_its_tag() -> None:
    storm, vote = opened("storm", tags=("Élections", "Weather")), opened("vote", tags=("elections", "Выборы"))
    opened("secret", tags=("Weather",), audience=e.Audience.MEMBERS)
    follow.catch_up(tags)
    assert [">Vote<" in entry for entry in told("/tags/elections/")] == [True, False]
    assert len(told("/tags/weather/")) == 1
    assert len(told("/tags/x-26db312eddd2/")) == 1, "other scripts have addresses too"
    press.publish(storm, [e.BlogDescribed(title="Storm", language="en", zone="UTC", tags=("Weather",))])
    press.publish(vote, [e.AudienceSet(audience=e.Audience.NOBODY)])
    assert told("/tags/x-26db312eddd2/") == [], "before anybody follows"
    follow.catch_up(tags)
    assert (told("/tags/elections/"), len(told("/tags/weather/"))) == ([], 1)
