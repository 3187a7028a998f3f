"""Promises of the ranking: what is about the same comes first, and one word in common is no story in common."""

from asithappened.core.state import BlogState
from asithappened.search.related import ranking


def blog(title: str, *tags: str, standfirst: str = "") -> BlogState:
    return BlogState(seq=1, slug=title.lower().replace(" ", "-"), title=title, tags=tags, standfirst=standfirst)


def ranked(wanted: BlogState, *others: BlogState, most: int = 6) -> list[str]:
    """Return the headlines of what is related among some."""
    found = dict(enumerate(others, 1))
    words = ranking.wanted(wanted)
    return [found[id_].title for id_ in ranking.ranked(wanted, words, found, of=len(others), most=most)]


STORM = blog("Storm Isolde reaches the coast", "Weather", standfirst="A red warning for Port Tavell.")


def test_a_live_blog_with_the_same_tag_or_two_words_in_common_is_related_and_one_with_one_word_is_not() -> None:
    others = (
        blog("Rail strike: day two", "Transport"),
        blog("Isolde and the coast: the morning after"),
        blog("Floods in the north", "weather"),
        blog("A coast to walk along", "Travel"),
    )
    assert ranked(STORM, *others) == ["Isolde and the coast: the morning after", "Floods in the north"]


def test_the_likest_comes_first_and_no_more_than_are_asked_for() -> None:
    likest = blog("Storm Isolde: what we know", "Weather")
    others = [blog(f"Weather on day {n}", "Weather") for n in range(4)]
    found = ranked(STORM, *others, likest, most=3)
    assert (found[0], len(found)) == (likest.title, 3)


def test_words_that_say_nothing_relate_nothing_in_any_language_of_the_interface() -> None:
    assert ranked(blog("Live: what we know about today"), blog("What happened today: live updates")) == []
    assert ranked(blog("Heute live: alle News über nachher"), blog("Live: alle News, noch über gestern")) == []
    assert ranked(blog("مباشر: كل ما حدث على الساحل"), blog("مباشر: هذا ما بعد القمة")) == []


def test_a_word_that_every_third_has_relates_nothing() -> None:
    others = [blog(f"Election night in district {n}") for n in range(30)]
    assert ranked(blog("Election night in the capital"), *others) == []


def test_neighbours_in_a_script_without_spaces_are_words() -> None:
    assert ranked(blog("東京で地震"), blog("東京の地震、二日目"), blog("北京の天気")) == ["東京の地震、二日目"]


def test_what_is_looked_for_is_bounded_and_tags_and_headline_come_first() -> None:
    long = blog("Headline", "Tagged", standfirst=" ".join(f"word{n}" for n in range(100)))
    assert ranking.wanted(long)[:3] == ["tagged", "headline", "word0"]
    assert len(ranking.wanted(long)) == ranking.WORDS
