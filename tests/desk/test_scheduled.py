"""What waits for its time, in its tab: what is late first, and a quiet live blog asks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions import scheduling
from asithappened.desk.models import Scheduled
from asithappened.jobs.clock import CLOCK
from tests.desk.conftest import Blog, said
from tests.desk.test_scheduling import HOUR, scheduled

pytestmark = pytest.mark.django_db


def test_what_is_late_stands_first_and_says_by_how_much(
    blog: Blog, editor: User, browse: Callable[[User | None], Client]
) -> None:
    scheduled(blog, editor, once="soon")
    overdue = actions.schedule_post(
        blog.id, by=editor, draft=said("Tides.", "Tide table"), once="k2", at=CLOCK.now() + 2 * HOUR
    )
    Scheduled.objects.filter(pk=overdue.pk).update(due_at=CLOCK.now() - timedelta(minutes=14, seconds=5))
    panel = browse(editor).get(f"{blog.path}tab/scheduled/").content.decode()
    assert "Late by 14 minutes: publish it now, or not?" in panel
    assert panel.index("Tide table") < panel.index("The report")
    scheduling.not_published(Scheduled.objects.get(once="soon"), "This live blog is closed.")
    assert "Not published:" in browse(editor).get(f"{blog.path}scheduled/").content.decode()


def test_a_live_blog_that_is_quiet_for_three_hours_asks_and_nothing_happens_by_itself(
    blog: Blog,
    owner: User,
    editor: User,
    browse: Callable[[User | None], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actions.publish_post(blog.id, by=owner, draft=said("The last word."), once="1")
    quiet = 'role="status" hidden'

    def line(by: User) -> str:
        page = browse(by).get(blog.path).content.decode()
        start = page.index("quiet-line")
        return str(page[start : page.index("</p>", start)])

    assert quiet in line(owner)
    monkeypatch.setattr(CLOCK, "_found", (CLOCK.now().timestamp() + 3 * 3600 + 60, CLOCK._elapsed()))
    assert quiet not in line(owner)
    assert "close/" in line(owner)
    assert "close/" not in line(editor)
    assert blog.state.status == "live"
