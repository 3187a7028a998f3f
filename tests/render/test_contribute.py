"""The page on which readers write to the newsroom: in the blog's language, with what was typed and what is wrong."""

from selectolax.lexbor import LexborHTMLParser

from asithappened.render.contribute import TRAP, Form, contribute_page, contribute_path
from tests.render.blogs import blog


def page(form: Form | None, **more: str) -> LexborHTMLParser:
    """Return the page."""
    html = contribute_page(blog(**more), site="The Courier", kept_days=30, words_chars=2_000, name_chars=80, form=form)
    return LexborHTMLParser(html)


def test_what_was_typed_stands_in_the_form_again_and_ends_no_element() -> None:
    typed = {"words": "</textarea><script>", "name": '"><b>'}
    tree = page(Form(token="t", typed=typed, problems={"words"}), title="A <storm>")
    assert tree.css_first("textarea").text() == "</textarea><script>"
    assert tree.css_first("input[name=name]").attributes["value"] == '"><b>'
    assert not tree.css("textarea script, form b")
    assert tree.css_first(f"input[name={TRAP}]") is not None
    assert "A <storm>" in tree.css_first(".about-blog").text()


def test_what_was_sent_leaves_no_form() -> None:
    assert page(None).css_first("form") is None


def test_it_speaks_the_blogs_language_at_an_address_of_its_own() -> None:
    assert page(None, language="ar").css_first("html").attributes["dir"] == "rtl"
    assert contribute_path("storm") == "/contribute/storm/"
