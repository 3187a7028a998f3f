"""A live blog with a poll in a post."""

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e

POLL = body.Poll(
    attrs=body.PollAttrs(id="dyke", title="Should the dyke stay shut?"),
    content=(
        body.Option(attrs=body.OptionAttrs(id="yes", name="Yes")),
        body.Option(attrs=body.OptionAttrs(id="no", name="No, <b>open</b> it")),
    ),
)


def asked(slug: str = "storm", *, post: str = "p1", audience: e.Audience = e.Audience.EVERYONE) -> int:
    """Open a live blog whose one post asks."""
    opened = e.BlogOpened(slug=slug, title="Storm Isolde", audience=audience)
    words = body.with_ids(body.Doc(content=(body.paragraph("Tell us."), POLL)), seed=post)
    return press.publish(None, [opened, e.PostPublished(post=post, title="The dyke", body=words)]).blog
