"""The browser that the tests marked `browser` stand on opens a page, and axe reads it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser


@pytest.mark.browser
def test_axe_finds_a_picture_without_words(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=en><title>t</title><main><h1>h</h1><img src='data:,'></main></html>")
    assert [found["id"] for found in Axe().run(page).response["violations"]] == ["image-alt"]
    page.close()


@pytest.mark.browser
@pytest.mark.django_db
def test_a_test_may_ask_the_database_while_a_browser_is_open(browser: Browser) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)
    assert browser.is_connected()
