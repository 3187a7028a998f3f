"""A number is typed as people write it."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.log import read
from tests.desk.conftest import Blog
from tests.desk.test_ledger_rows import form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "value"),
    [("11,400", 11400), ("11 400", 11400), ("11’400", 11400), ("1.5", 1.5), ("1,5", 1.5), ("1,234,567.5", 1234567.5)],
)
def test_a_figure_is_typed_as_people_write_it(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, typed: str, value: float | int
) -> None:
    client, path = browse(editor), f"{blog.path}ledger/series/"
    sent = {**form(client, path, "figure"), "label": "Homes", "value": typed, "do": "figure"}
    assert client.post(path, sent).status_code == 302
    (series,) = read.rows(blog.id, e.SERIES)
    assert series.newest.value == value
