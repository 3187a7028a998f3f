"""Promises of what the ledger says in posts: in words, with its source; of what moved; and where we were wrong."""

from asithappened.core import ledger_events as le
from asithappened.render.ledger import chips
from tests.render.blogs import edition
from tests.render.ledger.written import LUND, anchors, at, correction, read, series, statement, value


def said_of(row: object, language: str = "en-GB", post: str = "p1") -> str:
    printed_as = edition(language=language)
    [one] = [room for room in chips.ANNOTATING if room.about == type(row).__name__.lower()]
    with printed_as.speaking():
        return one.says(printed_as, row).get(post, b"").decode()  # type: ignore[arg-type]


def test_a_chip_says_how_a_statement_stands_and_opens_to_where_it_comes_from() -> None:
    row = statement(
        "The crew is safe.", by=LUND, cue="confirm", status=le.Verification.VERIFIED, note="Seen by us on the quay.",
        on=le.SaidOn(channel="news_conference", name="Harbour briefing"), stated_at=at(17, 40), hedges=("reported",),
        relays=(
            le.RelayedBy(outlet="Mida News", url="https://mida.example/1"), le.RelayedBy(outlet="AFP", mode="citing"),
        ),
    )  # fmt: skip
    html = said_of(row)
    assert read(html) == (
        "Confirmed by us The crew is safe. one source"
        " confirmed by Bo Lund, coastguard officer · Harbour briefing (news conference)"
        " · as reported by Mida News, citing AFP · 12 Nov 2026, 17:40 GMT · described as reported"
        " Seen by us on the quay. All about this statement"
    )
    assert html.startswith("<details"), "closed at first"
    assert 'href="/live/storm/known/statement/s1/"' in html
    assert 'href="https://mida.example/1"' in html


def test_what_is_not_known_is_not_printed_and_no_word_of_a_post_is() -> None:
    html = said_of(statement())
    assert read(html) == "Reported The sea wall has broken. source not named source not named All about this statement"
    assert "words of a post" not in html
    assert chips.of_statement(edition(), statement(anchors=())) == {}


def test_hostile_words_stay_words() -> None:
    hostile = "</details><script>alert(1)</script>"
    by = le.SaidBy(name=hostile, role=hostile)
    on = le.SaidOn(channel="website", name=hostile, url="javascript:alert(1)")
    html = said_of(statement(hostile, by=by, on=on, status=le.Verification.FALSE, note=hostile))
    html += said_of(correction(was=hostile, now=hostile, why=hostile))
    html += said_of(series(value(1, anchors=anchors("p1")), value(2, 6), label=hostile, unit=hostile))
    assert "<script" not in html
    assert "javascript" not in html
    assert "div" not in html, "an annotation's element is the only one"


def test_a_post_that_gives_a_figure_which_moved_says_so() -> None:
    row = series(
        value(4600, 5, modifier="about", as_of=at(14, 20), anchors=anchors("p1")),
        value(11400, 6, as_of=at(18, 5), anchors=anchors("p2")),
    )
    assert read(said_of(row)) == "Since revised: 11,400, 18:05 GMT Homes without power: about 4,600 here"
    assert said_of(row, post="p2") == ""


def test_a_post_that_gives_the_figure_of_now_beside_the_old_one_is_not_marked() -> None:
    row = series(value(63, 5, anchors=anchors("p1", "p2")), value(89, 6, anchors=anchors("p2")))
    assert read(said_of(row)) == "Since revised: 89 Homes without power: 63 here", "and no time, if none is known"
    assert said_of(row, post="p2") == ""
    again = series(value(63, 5, anchors=anchors("p1")), value(89, 6), value(63, 7))
    assert said_of(again) == "", "what is said again stands"


def test_each_source_is_revised_by_itself_where_sources_are_kept_apart() -> None:
    mayor, hospital = le.SaidBy(name="Mayor"), le.SaidBy(name="Hospital")
    row = series(
        value(63, 5, by=mayor, anchors=anchors("p1")), value(70, 6, by=hospital, anchors=anchors("p2")),
        value(89, 7, by=mayor), policy=le.Policy.BY_SOURCE,
    )  # fmt: skip
    assert read(said_of(row)).startswith("Since revised: 70 (Hospital); 89 (Mayor)")
    assert said_of(row, post="p2") == ""


def test_a_correction_says_what_stood_there_what_is_right_and_why() -> None:
    assert read(said_of(correction(why="Misheard."))) == (
        "Correction, 12 Nov 2026, 14:41 GMT We said “one diver”. It should have said “two divers”. Misheard."
    )
    assert read(said_of(correction(now="", why="Nobody was.", corrected_at=None))) == (
        "Correction We said “one diver”. That was wrong. Nobody was."
    )
    assert said_of(correction(of="headline", post="")) == "", "it stands where the error stood"


def test_it_is_said_in_the_blogs_language() -> None:
    assert read(said_of(correction(), "de")).startswith("Korrektur, 12. Nov. 2026, 14:41 ")
    assert "Bei uns stand" in said_of(correction(), "de")
    assert 'dir="rtl"' not in said_of(statement(by=LUND), "ar"), "its page says so"
    assert '<span lang="en" dir="ltr">Reported</span>' in said_of(statement(), "pl"), "words of ours are marked"
