"""A copy of what is being written: kept as it is, half-finished, and refused only where it cannot be read."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.desk.drafts import keeping
from asithappened.desk.drafts.models import Draft
from tests.desk.conftest import Blog
from tests.desk.test_drafts import HALF_A_LINK, Saving, codes, opened, saving

__all__ = ["saving"]

pytestmark = pytest.mark.django_db


def test_what_was_typed_comes_back_as_it_was_half_finished(
    saving: Saving, browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    form = {
        "title": " A headline of " + "x" * 400,
        "body": {"type": "doc", "content": [HALF_A_LINK, {"type": "image", "attrs": {"src": ""}}]},
        "kind": "summary",
        "bylines": ["Ada Reporter"],
        "more": {"reason": "She called back.", "at": "2026-11-03T21:0"},
    }
    status, told = saving(editor, **form)
    assert (status, told["draft"]["version"]) == (200, 1)
    status, told = opened(browse(editor), blog, once="k1")
    assert (status, told["draft"]["form"]) == (200, form)


def test_a_person_has_so_many_drafts_and_no_more_and_each_so_long(
    saving: Saving, editor: User, contributor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST", 2)
    for n in range(2):
        assert saving(editor, f"k{n}")[0] == 200
    assert codes(saving(editor, "k2")) == (409, ["too_many"])
    assert saving(editor, "k1", "Half a sentence", turn=2, seen=1)[0] == 200
    assert saving(contributor)[0] == 200
    assert codes(saving(editor, "k1", "x" * keeping.WORDS_BYTES, turn=3, seen=2)) == (409, ["too_long"])


@pytest.mark.parametrize("wrong", [{"once": "a b"}, {"writer": ""}, {"body": "text"}, {"turn": "1"}, {"page": 1}])
def test_a_copy_that_cannot_be_read_is_refused_with_the_reason(
    saving: Saving, editor: User, wrong: dict[str, int] | dict[str, str]
) -> None:
    status, told = saving(editor, **wrong)
    assert (status, told["refused"][0]["code"]) == (422, "once" if {"once", "writer"} & set(wrong) else "type")
    assert not Draft.objects.exists()
