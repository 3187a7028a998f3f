"""A package of annotations for tests: a post annotates its neighbours, so that every day of posts has annotations.

Owns no rows: all that it says follows from one post as it stands. One of an even number of revisions speaks to the
post after it too, so that what is said is taken away again without anything being taken back.
"""

import re
from typing import Final

from django.utils.html import escape

from asithappened.core.events import POST
from asithappened.core.state import PostState, SubjectState
from asithappened.render.edition import Edition
from asithappened.render.part import Annotating


def _says(edition: Edition, post: SubjectState) -> dict[str, bytes]:
    assert isinstance(post, PostState)
    found = re.fullmatch(r"p(\d+)", post.id)
    if found is None:
        return {}
    number = int(found[1])
    others = [number - 1, *([number + 1] if post.revision % 2 == 0 else [])]
    said = f'<p><a href="{edition.post_path(post.id)}">{escape(post.title)}</a></p>'.encode()
    return {f"p{other}": said for other in others if post.title}


PARTS: Final = (Annotating(about=POST, says=_says),)
