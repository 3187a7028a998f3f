"""A package of parts for tests: a list of corrections with their reasons, made from facts and not from posts.

Owns a part as a room of its own would contribute it: its rows are the log as it stands, and the facts that are new are
laid over them.
"""

from typing import Final

from django.utils.html import escape

from asithappened.core import events as e
from asithappened.log import read
from asithappened.render.part import Change, Part, View

Corrections = dict[int, tuple[str, str]]


def _after(corrections: Corrections, fact: e.Fact) -> Corrections:
    """Return the corrections after a fact: by seq, the post and what is said of it."""
    match fact.event:
        case e.PostRevised(reason=reason, title=title) if reason:
            return {**corrections, fact.seq: (fact.post, f"{title}: {reason}")}
        case e.PostWithdrawn() | e.PayloadErased():
            return {seq: said for seq, said in corrections.items() if said[0] != fact.post}
        case None if fact.kind == e.PostWithdrawn.KIND:
            return {seq: said for seq, said in corrections.items() if said[0] != fact.post}
        case _:
            return corrections


def _touched(change: Change) -> bool:
    return any(isinstance(fact.event, e.PostRevised | e.PostWithdrawn | e.PayloadErased) for fact in change.facts)


def _render(view: View) -> dict[str, bytes]:
    corrections: Corrections = {}
    before = () if view.whole or view.id is None else read.facts(view.id)
    for fact in (*before, *view.facts):
        corrections = _after(corrections, fact)
    items = "".join(f"<li>{escape(said)}</li>" for _, said in corrections.values())
    return {"corrections": f"<ul>{items}</ul>".encode() if items else b""}


PARTS: Final = (Part(name="corrections", live=True, region="rail", touched=_touched, render=_render),)
