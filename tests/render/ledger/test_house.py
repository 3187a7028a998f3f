"""Promises of the newsroom's page of corrections: in each language, each correction in its own live blog's."""

import pytest

from asithappened.render.edition import SPOKEN
from asithappened.render.ledger import house
from tests.render.blogs import blog
from tests.render.ledger.written import correction, read


@pytest.mark.parametrize("language", SPOKEN)
def test_its_page_has_a_place_for_entries_in_every_language(language: str) -> None:
    made = house.layout(language)
    assert made.whole.count("<!--slot:entries-->") == 1
    assert made.sections[0].count("<!--slot:entries-->") == 1
    assert f'<html lang="{language}"' in made.whole
    assert made.empty


def test_a_correction_is_in_its_live_blogs_language_whatever_the_house_speaks() -> None:
    html = house.entry(blog(title="Sturm <Isolde>", language="de"), correction(), "ar").decode()
    assert read(html).startswith("Sturm <Isolde> 12. November 2026")
    assert html.count('lang="de" dir="ltr"') == 1
    assert 'href="/live/storm/corrections/"' in html
