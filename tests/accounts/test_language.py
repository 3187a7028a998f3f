"""The desk speaks the language that somebody chose, and to everybody else that of their browser."""

import pytest
from django.test import Client

from asithappened.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("chosen", "spoken"), [("de", "de"), ("", "en"), ("xx", "en")])
def test_what_somebody_chose_goes_before_what_their_browser_asks_for(user: User, chosen: str, spoken: str) -> None:
    user.language = chosen
    user.save()
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    assert f'<html lang="{spoken}"' in client.get("/desk/me/").content.decode()


def test_without_a_session_it_is_the_browsers() -> None:
    page = Client(headers={"Accept-Language": "de"}).get("/accounts/login/").content.decode()
    assert '<html lang="de"' in page
