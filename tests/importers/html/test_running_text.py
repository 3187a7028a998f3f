"""Running text to blocks: white space as a browser shows it, and lists that were typed."""

from asithappened.core import body as b
from asithappened.importers.html.body import body_of


def kinds(html: str) -> list[str]:
    return [type(block).__name__ for block in body_of(html).doc.content]


def words(html: str) -> str:
    return b.plain(body_of(html).doc)


def test_lines_typed_with_a_bullet_become_one_list_and_are_counted_apart() -> None:
    made = body_of("<p>Before</p><p>• One</p><p><b>• Two</b> and more</p><p>After:<br>• Three<br>• Four</p>")
    assert [type(block).__name__ for block in made.doc.content] == [
        "Paragraph",
        "BulletList",
        "Paragraph",
        "BulletList",
    ]
    assert b.plain(made.doc) == "Before\n\nOne\nTwo and more\n\nAfter:\n\nThree\nFour"
    assert made.converted.lists == 2


def test_items_without_their_list_become_a_list_that_is_counted_apart() -> None:
    made = body_of("<p>Scores</p><li>Home 1</li><li>Away 2</li><p>End</p>")
    assert [type(block).__name__ for block in made.doc.content] == ["Paragraph", "BulletList", "Paragraph"]
    assert made.converted.lists == 1


def test_white_space_is_what_a_browser_shows() -> None:
    assert words("<p>\n  One\t two\n <b> three </b>four <br>\n five </p>") == "One two three four\nfive"
    assert words("one<br><br>two") == "one\n\ntwo"
    assert kinds("<p>&nbsp;</p><p> </p>") == []


def test_soft_line_ends_are_line_ends_and_gaps_are_gaps() -> None:
    assert words("<p>a\x0bb\u0085c&#x2028;d\n e</p>") == "a\nb\nc\nd e"
    assert kinds("<p>\u200b</p><p>&#xfeff;&nbsp;</p>") == []
