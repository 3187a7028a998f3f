"""Opening a live blog: its address is its headline's words or is asked for, and lines keep what must not break."""

import pytest

from asithappened.desk.forms.blog import Opening


def opening(title: str, slug: str = "") -> Opening:
    fields = {"title": title, "slug": slug, "language": "en", "zone": "UTC", "audience": "nobody", "once": "x"}
    return Opening({**fields, "standfirst": "One\x0btwo\u2028three", "tags": "fire\u00a0service, sea"})


@pytest.mark.parametrize("title", ["Выборы 2026: прямой эфир", "انتخابات ٢٠٢٦ مباشر", "2026", "日本2026年 選挙"])
def test_a_headline_without_a_word_for_an_address_asks_for_one(title: str) -> None:
    form = opening(title)
    assert not form.is_valid()
    assert list(form.errors) == ["slug"]
    assert opening(title, "elections-2026").is_valid()


def test_a_headline_makes_the_address_and_keeps_its_spaces() -> None:
    form = opening("Øst\x0bog «\u00a0Łódź\u00a0»")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["slug"] == "ost-og-lodz"
    assert form.cleaned_data["title"] == "Øst og «\u00a0Łódź\u00a0»"
    assert form.cleaned_data["standfirst"] == "One\ntwo\nthree"
    assert form.cleaned_data["tags"] == ("fire\u00a0service", "sea")


def test_a_headline_that_nobody_can_see_is_missing() -> None:
    assert "title" in opening("\u200b\u2060").errors
