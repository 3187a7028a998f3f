"""What a pasted address holds is looked up for two people at once, and nobody waits behind them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.desk.views import links
from asithappened.media.links.lookup import LookedUp
from tests.desk.conftest import Blog
from tests.desk.test_in_json import ask, why

pytestmark = pytest.mark.django_db
URL = "https://a.example/wall"
CARD = LookedUp(block=body.Card(attrs=body.CardAttrs(url=URL, title="The wall")))
FILM = LookedUp(block=body.Video(attrs=body.MediaAttrs(url=URL, title="The wall goes")))


def test_a_page_is_a_card_alone_and_a_film_is_a_film_or_a_card(
    browse: Callable[[User | None], Client], contributor: User, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path = browse(contributor), f"{blog.path}links/"
    for found, block in ((CARD, None), (FILM, "video")):
        monkeypatch.setattr(links, "look_up", lambda url, guard, found=found: found)
        _, told = ask(client, path, do="look", url=URL)
        assert (told["block"] and told["block"]["type"], told["card"]["type"]) == (block, "linkCard")


def test_while_two_are_looked_up_a_third_is_told_so_and_later_is_answered(
    browse: Callable[[User | None], Client], contributor: User, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path = browse(contributor), f"{blog.path}links/"
    nested: list[Any] = []

    def look_up(url: str, **more: Any) -> LookedUp:
        """Ask for one more while this one is looked up, as somebody else would."""
        nested.append(ask(client, path, do="look", url=URL)[1])
        return CARD

    monkeypatch.setattr(links, "look_up", look_up)
    assert ask(client, path, do="look", url=URL)[1]["card"]
    third, second = nested
    assert (third["card"], "being looked up at the moment" in third["unread"]) == (None, True)
    assert (second["unread"], second["card"]["attrs"]["url"]) == ("", URL)
    monkeypatch.setattr(links, "look_up", lambda url, guard: CARD)
    assert ask(client, path, do="look", url=URL)[1]["unread"] == ""


def test_what_is_no_address_is_refused_and_one_too_long_is_not_read(
    browse: Callable[[User | None], Client], contributor: User, blog: Blog
) -> None:
    client, path = browse(contributor), f"{blog.path}links/"
    _, told = ask(client, path, do="look", url="javascript:alert(1)")
    assert (told["card"], "is not an address of the web" in told["unread"]) == (None, True)
    assert why(ask(client, path, do="look", url="https://a.example/" + "a" * 3_000))[0] == 422
