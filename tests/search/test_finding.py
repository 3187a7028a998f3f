"""Promises of a reader's search: the same words find the same on either database, in any script."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asithappened import press
from asithappened.core import events as e
from asithappened.core.searching import asked, says, tokens
from asithappened.log import follow
from asithappened.search import consume as search
from asithappened.search import finding
from asithappened.search.finding import Cursor, TooLong, cursor_of, find
from tests.search.test_consume import doc, found, opened

pytestmark = [pytest.mark.both, pytest.mark.django_db]

PRINTED = {
    "de": "Überflutung am Rathausplatz, die Straße ist gesperrt",
    "fr": "L’eau monte : 1 200 personnes évacuées à Besançon",
    "uk": "Відбій тривоги у Києві та області",
    "ru": "В Москве объявили тревогу",
    "ar": "الحكومة تعلن إغلاق المدارس في القاهرة",
    "he": "סערה בנמל חיפה",
    "hi": "भारत में सड़क बंद",
    "th": "น้ำท่วมกรุงเทพมหานคร",
    "ja": "東京都で大雨、2026年の記録",
    "zh": "北京发布暴雨红色预警",
    "ko": "서울에서 폭우가 내렸다",
    "el": "Πλημμύρες στην Αθήνα",
}
FINDS = [
    ("uberflutung", "de"), ("ueberflutung", "de"), ("RATHAUS", "de"), ("strasse gesperrt", "de"), ("l'eau", "fr"),
    ("evacuees besancon", "fr"), ("тривоги", "uk"), ("києві", "uk"), ("Москве", "ru"), ("حكومة", "ar"),
    ("المدارس", "ar"), ("القاهرة", "ar"), ("חיפה", "he"), ("सड़क", "hi"), ("กรุงเทพ", "th"),
    ("ท่วม", "th"), ("東京", "ja"), ("大雨", "ja"), ("録", "ja"), ("2026", "ja"), ("暴雨 北京", "zh"),
    ("서울", "ko"), ("αθηνα", "el"), ("ΠΛΗΜΜΥΡΕΣ", "el"),
]  # fmt: skip
FINDS_NOTHING = ("rathausplatzes", "strafe", "京東", "雨大", "北暴", "eaux", "ausplatz", "москва")


def printed() -> int:
    posts = [e.PostPublished(post=language, body=doc(words)) for language, words in PRINTED.items()]
    blog = opened("storm", *posts)
    follow.catch_up(search)
    return blog


def test_what_is_typed_finds_what_was_printed_in_every_script() -> None:
    printed()
    assert {typed: found(typed) for typed, _ in FINDS} == {typed: [language] for typed, language in FINDS}
    assert {typed: found(typed) for typed in FINDS_NOTHING} == {typed: [] for typed in FINDS_NOTHING}


HOSTILE = (
    '"', "'", "')--", '" OR "1', "NEAR(a b)", "head : storm", "storm*", "-storm", "{head} : x", "^storm", "a AND",
    "storm NOT", "!storm", "'storm':*A", "storm & | ! <->", "\\", "%s", "%", "\x00", "\x00storm", "=blog1", "blog1 key",
    "marks:key", "\ud800", "\u202e", "storm " * 20_000, "東" * 70_000, "a" * 65_536, "𝟘𝟙", "ﷺ" * 256,
)  # fmt: skip


def test_a_hostile_search_is_words_or_nothing() -> None:
    printed()
    for typed in HOSTILE:
        assert set(found(typed)) <= {""}, typed[:40]
    assert found("head : storm") == []
    assert [found(typed) for typed in ("storm*", "-storm", "^storm", "!storm", "\x00storm", "storm " * 20_000)] == [
        [""] for _ in range(6)
    ]


def test_pages_go_on_where_the_last_one_ended_and_end() -> None:
    blog = opened("storm", *(e.PostPublished(post=f"p{n}", title="Zebra", position=n) for n in range(5)))
    follow.catch_up(search)
    first = find(asked("zebra"), blog=blog, most=2)
    assert [hit.post for hit in first.found] == ["p4", "p3"]
    press.publish(blog, [e.PostPublished(post="p9", title="Zebra", position=99)])
    follow.catch_up(search)
    second = find(asked("zebra"), blog=blog, most=2, after=first.older)
    third = find(asked("zebra"), blog=blog, most=2, after=second.older)
    assert [[hit.post for hit in page.found] for page in (second, third)] == [["p2", "p1"], ["p0"]]
    assert third.older is None
    assert cursor_of(str(first.older)) == first.older


def test_headlines_that_say_it_come_first_over_the_edge_of_a_page_too() -> None:
    blog = opened("storm")
    for n in range(3):
        press.publish(blog, [e.PostPublished(post=f"h{n}", title="Zebra seen", position=n)])
        press.publish(blog, [e.PostPublished(post=f"b{n}", body=doc("A zebra, said Ada."), position=50 + n)])
    follow.catch_up(search)
    order, after = list[str](), None
    while True:
        page = find(asked("zebra"), blog=blog, most=2, headlines_first=True, after=after)
        order += [hit.post for hit in page.found]
        if (after := page.older) is None:
            break
        after = cursor_of(str(after))
    assert order == ["h2", "h1", "h0", "b2", "b1", "b0"]
    assert found("zebra", blog=blog) == ["b2", "b1", "b0", "h2", "h1", "h0"]


def test_key_events_alone_and_one_live_blog_alone() -> None:
    event = e.PostPublished(post="k1", title="Zebra", kind=e.PostKind.KEY_EVENT)
    storm, flood = opened("storm", event, e.PostPublished(post="u1", title="Zebra")), opened("flood", title="Zebra")
    press.publish(flood, [e.PostPublished(post="f1", title="Zebra")])
    follow.catch_up(search)
    assert found("zebra", key_events=True) == ["k1"]
    assert sorted(found("zebra", blog=storm)) == ["k1", "u1"]
    assert found("zebra", blog=flood) == ["f1"], "a live blog is not found in itself"
    assert sorted(found("zebra")) == ["", "f1", "k1", "u1"]
    press.publish(storm, [e.PostKindSet(post="k1", kind=e.PostKind.UPDATE)])
    follow.catch_up(search)
    assert found("zebra", key_events=True) == []


@pytest.mark.parametrize("written", ["", "x", "-1", "h", "9" * 20, "1 OR 1", "٣", "1\n"])
def test_a_cursor_that_says_nothing_is_none(written: str) -> None:
    assert cursor_of(written) is None


def test_a_search_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    blog = opened("storm", *(e.PostPublished(post=f"p{n}", title="Zebra") for n in range(40)))
    follow.catch_up(search)
    slow = "pg_sleep(9)" if connection.vendor == "postgresql" else _COUNTING
    question = f"SELECT f.id, f.blog, f.post FROM search_found f, (SELECT %s, %s) q, (SELECT {slow}) s LIMIT %s"
    monkeypatch.setattr(finding, "_POSTGRESQL" if connection.vendor == "postgresql" else "_SQLITE", question)
    monkeypatch.setattr(finding, "LONGEST_S", 0.05)
    with pytest.raises(TooLong):
        find(asked("zebra"), blog=blog)
    monkeypatch.undo()
    assert len(find(asked("zebra"), blog=blog).found) == 20, "the connection is as it was"


_COUNTING = (
    "COUNT(*) FROM (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1e9) SELECT x FROM n)"
)

ALPHABET = st.sampled_from(
    [*"aäeoxAÖß1٣", " ", " ", "-", "’", "東", "京", "都", "ไ", "ท", "ा", "न", "ال", "\u0301", "한"]
)
TEXTS = st.lists(ALPHABET, max_size=30).map("".join)


@settings(
    max_examples=40 if connection.vendor == "sqlite" else 15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(TEXTS, TEXTS, st.lists(ALPHABET, max_size=6).map("".join))
def test_the_database_finds_what_the_words_say_and_nothing_else(head: str, words: str, typed: str) -> None:
    from asithappened.search import index

    index.put(77, [index.Words(post="p1", position=5, head=head, body=words)])
    wanted = asked(typed)
    said = bool(wanted) and says((tokens(head), tokens(words)), wanted)
    assert _stands(wanted) is said
    index.forget(77, ["p1"])


def _stands(wanted: Any) -> bool:
    if not wanted:
        return False
    question = finding._question(wanted, blog=77, key_events=False, tier=None)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT COUNT(*) FROM search_found WHERE words @@ %s::tsquery", [question])
        else:
            cursor.execute("SELECT COUNT(*) FROM search_words WHERE search_words MATCH %s", [question])
        return bool(cursor.fetchone()[0])


def test_a_post_of_the_largest_size_is_found_by_its_last_word() -> None:
    long = " ".join(f"w{n}x" for n in range(7_000))
    opened("storm", e.PostPublished(post="p1", body=doc(long)), e.PostPublished(post="p2", body=doc("暴雨" * 6_000)))
    follow.catch_up(search)
    assert (found("w6999x"), found("雨暴"), found("暴暴")) == (["p1"], ["p2"], [])


def test_a_cursor_says_where_it_is() -> None:
    assert (str(Cursor(5)), str(Cursor(5, True))) == ("5", "h5")
