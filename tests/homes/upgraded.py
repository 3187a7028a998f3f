"""Upgrade the home of an earlier version, and see that nothing of it changed but what had to: prints "held".

A program, since it upgrades a whole installation: `python -m tests.homes.upgraded NAME`, in an empty ASITHAPPENED_HOME
and on an empty database.
"""

import sys
from typing import Any

from tests.homes import kept


def main() -> None:
    """Load, upgrade as `run` does, compare, and go on."""
    (name,) = sys.argv[1:]
    kept.load(name)
    from asithappened.wiring import home

    home.prepare()
    from asithappened import press
    from asithappened.core import body, fold
    from asithappened.core import events as e
    from asithappened.core.standing import section_of
    from asithappened.core.state import PostStatus
    from asithappened.desk.actions.rendering import rebuild_outdated
    from asithappened.log import models, read
    from asithappened.log.search import search
    from tests.log.chained import broken
    from tests.press.snapshot import snapshot

    rebuild_outdated()
    was = kept.read(name)
    assert models.Entry.objects.count() == len(was["rows"]["log.entry"])
    assert models.Payload.objects.count() == len(was["rows"]["log.payload"])
    for each in read.every_blog():
        state = fold.fold(read.facts(each))
        assert state.blog is not None
        _holds(was["folded"][state.blog.slug], kept.folded(state), state.blog.slug)
        assert (state.blog, state.posts) == (read.blog(each), read.posts_by_id(each)), "rows are what a fold says"
        stored = models.Subject.objects.filter(blog=each)
        columns = {(row.about, row.subject): (row.seq, row.open, row.section) for row in stored}
        rows = state.rows.items()
        assert columns == {(of.about, of.id): (row.last_seq, row.open, section_of(row)) for of, row in rows}
        assert broken(each) == [], "the chain is filled in for every fact"
        shown = snapshot(each)
        press.rebuild(each)
        # Frames of before the upgrade were emptied by it: open pages start over.
        assert snapshot(each) | {"Frame": shown["Frame"]} == shown
    blog = read.blog_id("storm-isolde")
    assert blog is not None
    doc = body.with_ids(body.Doc(content=(body.paragraph("After the upgrade."),)), seed="after")
    found = search(blog, newest=99, words=[("thirteen",)], authors=[("lind",)], status=PostStatus.EDITED)
    assert [post.id for post in found] == ["p13"], "what an earlier version wrote is found"
    press.publish(blog, [e.PostPublished(post="after", body=doc)])
    press.publish(blog, [e.PostRevised(post="p6", title="Edited", body=doc, position=1, reason="It was wrong again.")])
    shown = snapshot(blog)
    press.rebuild(blog)
    assert snapshot(blog) == shown
    print("held")


def _holds(was: Any, now: Any, where: str) -> None:
    """See that all that an earlier version knew is known, and the same; a later one may know more."""
    if isinstance(was, dict):
        for key, value in was.items():
            if key == "pinned":  # of before there were several
                assert list(now["pins"]) == ([value] if value else [])
                continue
            assert key in now, f"{where}.{key} is gone"
            _holds(value, now[key], f"{where}.{key}")
    elif isinstance(was, list):
        assert len(was) == len(now), f"{where}: {was} is {now}"
        for n, (one, other) in enumerate(zip(was, now, strict=True)):
            _holds(one, other, f"{where}[{n}]")
    else:
        assert was == now, f"{where}: {was!r} is {now!r}"


if __name__ == "__main__":
    main()
