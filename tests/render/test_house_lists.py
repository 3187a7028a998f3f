"""The house's lists: in its language around, in each live blog's own inside, and no word that says more than it may."""

from asithappened.core import events as e
from asithappened.render import house_lists
from tests.render.blogs import INES, blog, edition, p, post


def test_what_stands_around_is_in_every_language_and_an_entry_in_its_blogs() -> None:
    layout = house_lists.tag("Élections <b>")
    assert 'lang="en"' in layout.whole
    assert 'lang="de"' in layout.spoken["de"].whole
    assert 'dir="rtl"' in layout.spoken["ar"].whole
    assert "Élections &lt;b&gt;" in layout.spoken["ar"].whole
    card = house_lists.card(blog(title="Sturm <b>", language="de"), key_event=post(p("Es beginnt."))).decode()
    assert 'lang="de" dir="ltr"' in card
    assert "Sturm &lt;b&gt;" in card
    assert "Es beginnt." in card


def test_a_profile_says_a_role_and_leads_to_what_somebody_says_of_themselves() -> None:
    told = house_lists.profile(blog(), INES).decode()
    assert "Editor" in told
    assert 'href="https://paper.example/ines"' in told
    assert ">paper.example</a>" in told


def test_a_post_of_an_author_says_when_and_where_and_how_it_begins() -> None:
    shown = post(p("First words. More."), title="Title & more", kind=e.PostKind.KEY_EVENT)
    told = house_lists.post_entry(blog(title="Storm"), shown).decode()
    assert all(said in told for said in ("Title &amp; more", "22 Nov 2026, 12:00 GMT", ">Storm<", "First words. More."))
    assert "Storm" not in house_lists.post_entry(blog(title="Storm"), shown, named=False).decode()
    assert edition().post_path("x1") in told
