"""What docs/following.md says is so: its example follows, and every consume.py is one that the worker knows."""

import re
from pathlib import Path
from types import ModuleType

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow
from asithappened.published.models import Entry
from asithappened.render.edition import SPOKEN
from asithappened.wiring import work

pytestmark = pytest.mark.django_db


def test_the_example_of_the_page_follows(root: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (root / "docs/following.md").read_text("utf-8"), re.DOTALL)
    example = ModuleType("example")
    exec(code, example.__dict__)
    about = e.BlogOpened(slug="storm", title="Storm & Überflutung", audience=e.Audience.EVERYONE)
    blog = press.publish(None, [about]).blog
    follow.catch_up(example)
    assert [bytes(row.data) for row in Entry.objects.filter(blog=blog)] == ["<li>Storm &amp; Überflutung</li>".encode()]
    press.publish(blog, [e.BlogTakenDown(reason="x")])
    assert not Entry.objects.filter(blog=blog).exists()
    assert follow.catch_up(example) == 1


def test_the_worker_knows_every_consume_py_and_each_has_the_same_four_names(root: Path) -> None:
    found = sorted((root / "src/asithappened").rglob("consume.py"))
    known = [Path(str(follower.__file__)) for follower in work.followers()]  # type: ignore[attr-defined]
    assert found == sorted(known)
    assert len({follower.NAME for follower in work.followers()}) == len(known)
    for follower in work.followers():
        assert all(callable(getattr(follower, name)) for name in ("version", "begin", "consume"))
        assert 0 < len(follower.version()) <= 64
    assert [one.name for one in work.work().followers] == [follower.NAME for follower in work.followers()]


def test_a_rebuild_of_what_is_followed_makes_it_again_and_names_what_there_is() -> None:
    press.publish(None, [e.BlogOpened(slug="storm", title="Storm", audience=e.Audience.EVERYONE)])
    assert work.follow_anew() == len(work.followers())
    Entry.objects.all().delete()
    assert work.follow_anew("front") == 1
    assert Entry.objects.count() == len(SPOKEN), "one in each language"
    there = ", ".join(follower.NAME for follower in work.followers())
    with pytest.raises(ValueError, match=rf"^Nothing that follows the log is called 'papers'\. There is: {there}\.$"):
        work.follow_anew("papers")
