"""Letters: one for every occasion, whole in its reader's language, and what others typed is one short line."""

import re
from pathlib import Path

import allauth
import pytest

from asithappened.accounts import letters
from asithappened.accounts.models import User

pytestmark = pytest.mark.django_db


PASSWORD = "a rather long password"


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@house.example", PASSWORD, vouched=True)


def test_there_is_a_letter_for_every_occasion_that_allauth_has_on_pages_that_are_here() -> None:
    folder = Path(allauth.__file__).parent
    said = {
        prefix
        for path in [*folder.glob("mfa/**/flows.py"), folder / "account/internal/flows/password_change.py"]
        for prefix in re.findall(r'"((?:mfa|account)/email/\w+)"', path.read_text("utf-8"))
    }
    assert said
    assert {prefix for prefix in said if not letters.is_change(prefix)} == set()


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_letter_is_whole_in_its_readers_language(ada: User, language: str) -> None:
    ada.language, ada.last_login = language, None
    facts = {"who": "Bo", "title": "Storm", "address": "::1", "agent": "", "at": "2026-10-14T18:00:00+00:00"}
    for what in letters._CHANGES:
        words = letters.written("changed", ada, facts | {"what": what})
        assert words is not None
        assert ("Nutzen" in words.body or "beenden" in words.body) is (language == "de"), words.body
    for letter in ("invitation", "link", "new_sign_in"):
        words = letters.written(letter, ada, facts)
        assert words is not None
        assert "{" not in words.subject + words.body
        assert "\n" not in words.subject


def test_what_others_typed_is_a_short_line_of_a_letter(ada: User) -> None:
    words = letters.written("invitation", ada, {"who": "Bo\nBcc: x", "title": "click http://evil.example " + "x" * 900})
    assert words is not None
    assert max(map(len, words.body.splitlines())) < 400
    assert "\nBcc" not in words.body
