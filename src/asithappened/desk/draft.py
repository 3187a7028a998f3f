"""Drafts: a post's content before it is published."""

import hashlib
from typing import Any

import msgspec
from django.conf import settings
from msgspec import Struct

from asithappened.core.body import Doc
from asithappened.core.events import PostKind
from asithappened.core.state import PostState


class Draft(Struct, frozen=True, kw_only=True):
    """What a person decides about a post: its words, kind and bylines, and whether it is graphic."""

    title: str = ""
    body: Doc = Doc()
    kind: PostKind = PostKind.UPDATE
    bylines: tuple[str, ...] = ()
    graphic: bool = False


def draft_of(post: PostState) -> Draft:
    """Return a post's present content, to be edited."""
    return Draft(title=post.title, body=post.body, kind=post.kind, bylines=post.bylines, graphic=post.graphic)


def digest(draft: Draft) -> str:
    """Return a digest of a draft's words, keyed so that nobody can confirm a guess at words that were erased.

    It depends on headline and body only, not on ids of blocks, kind or bylines.
    """
    words = _without_ids(msgspec.to_builtins((draft.title, draft.body)))
    return hashlib.blake2s(msgspec.json.encode(words, order="sorted"), key=secret()).hexdigest()


def secret() -> bytes:
    """Return the secret key of digests that outlive their words."""
    return hashlib.blake2s(settings.SECRET_KEY.encode()).digest()


def _without_ids(value: Any) -> Any:
    match value:
        case dict():
            within = {name: _without_ids(inner) for name, inner in value.items() if name != "id"}
            return {name: inner for name, inner in within.items() if inner != {}}  # attributes that were only an id
        case list() | tuple():
            return [_without_ids(inner) for inner in value]
        case _:
            return value
