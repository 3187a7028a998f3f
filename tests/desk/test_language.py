"""The desk speaks the house's language around blogs of any other."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from asithappened.core import body
from asithappened.desk import actions
from asithappened.desk.actions import submissions
from asithappened.desk.draft import Draft

pytestmark = pytest.mark.django_db


def draft(words: str) -> Draft:
    """Return a post of one paragraph without a headline."""
    return Draft(body=body.Doc(content=(body.paragraph(words),)))


@pytest.fixture
def hebrew(owner, blog):
    """Return the live blog, in Hebrew."""
    actions.describe_blog(
        blog.id,
        by=owner,
        title="BBC: סערה בנמל",
        standfirst="המים עולים.",
        language="he",
        zone="Asia/Jerusalem",
        tags=(),
    )
    return blog


def test_a_post_stands_on_the_desk_in_its_blogs_language_and_direction(browse, owner, hebrew):
    actions.publish_post(hebrew.id, by=owner, draft=draft("BBC מדווח."), once="o1")
    html = browse(owner).get(hebrew.path).content.decode()
    assert re.search(r'<div class="as-read" lang="he" dir="rtl"><article[^>]*>.*<p>BBC מדווח\.</p>', html)


def test_what_was_handed_in_without_a_headline_is_called_by_its_first_sentence(browse, owner, contributor, blog):
    submissions.submit(blog.id, by=contributor, draft=draft("Dr. Smith has left. He waved."), once="s1")
    html = browse(owner).get(f"{blog.path}submissions/").content.decode()
    assert ">Dr. Smith has left.</a>" in html


def test_when_something_was_handed_in_is_told_in_the_blogs_zone(browse, contributor, hebrew):
    with time_machine.travel(datetime(2026, 11, 25, 14, 44, tzinfo=UTC), tick=False):
        submissions.submit(hebrew.id, by=contributor, draft=draft("המים עולים."), once="s1")
        html = browse(contributor).get(hebrew.path).content.decode()
    assert ">16:44</a>" in html
