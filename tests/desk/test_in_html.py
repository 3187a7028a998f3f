"""A refused form comes back to a browser with every word, and with its errors at the top and at their fields."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.log import read
from tests.desk.conftest import Blog
from tests.desk.pages import LATER, form, sent_by

pytestmark = pytest.mark.django_db


def test_a_refused_form_comes_back_with_everything(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    picture = '[{"type":"image","attrs":{"src":"https://a.example/x.jpg","caption":"Kept caption"}}]'
    data = form(title="T" * 301, text="Kept words.\r\n[[1: Picture]]", carried=picture)
    answer = browse(editor).post(f"{blog.path}write/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert read.posts(blog.id) == []
    assert sent_by(page) == {name: value for name, value in data.items() if name != "do"} | LATER
    assert "Say what the picture shows" in page
    assert 'id="text-error"' in page


def test_an_error_far_below_stands_at_the_top_with_a_link_to_its_field(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    wrong = '[{"type":"image","attrs":{"src":"http://a.example/x.jpg","alt":"A wall"}}]'
    sent = form(text="More.\r\n\r\n" * 12 + "[[1]]", carried=wrong, bylines="B" * 121)
    page = browse(editor).post(f"{blog.path}write/", sent).content.decode()
    top = page.split('class="refusal"')[1].split("</div>")[0]
    assert "autofocus" in top
    assert page.count("autofocus") == 1
    for field, named in (("text", "Text"), ("bylines", "Bylines")):
        assert f'<a href="#{field}">{named}</a>' in top
        assert f'id="{field}"' in page
    assert "Picture “A wall”: " in top
    assert "https://a.example/x.jpg" in top


def test_an_error_in_settings_stands_at_the_top_of_its_form_too(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    sent = {"do": "describe", "describe-title": "T", "describe-language": "Klingon!", "describe-zone": "Mars"}
    page = browse(editor).post(f"{blog.path}settings/", sent).content.decode()
    top = page.split('class="refusal"')[1].split("</div>")[0]
    assert 'href="#id_describe-language"' in top
    assert 'href="#id_describe-zone"' in top
    assert page.count('id="id_describe-zone"') == 1
