"""Promises of `core.signing`: a post keeps what was printed with its bylines on that day."""

from asithappened.core import events as e
from asithappened.core.signing import signatures, signed
from tests.core.test_fold import blog_after, published, revised, run

ON = (
    e.ContributorJoined(name="Ines"),
    e.ContributorDescribed(name="Ines", role="Editor", url="https://paper.example/ines"),
    e.ContributorJoined(name="Tom"),
)
INES = e.Signature(name="Ines", role="Editor", url="https://paper.example/ines")


def test_bylines_of_which_there_is_more_to_say_are_signed_in_their_order() -> None:
    blog = blog_after(*ON, e.ContributorDescribed(name="Tom", role="Coast"))
    assert signatures(("Tom", "Agency", "Ines", "Tom"), blog) == (e.Signature(name="Tom", role="Coast"), INES)


def test_only_what_carries_words_is_signed_and_never_what_says_itself_how_it_was() -> None:
    blog = blog_after(*ON)
    for made in (published(bylines=("Ines", "Tom")), revised(bylines=("Ines",))):
        event = signed(made, blog, None)
        assert isinstance(event, e.PostWords)
        assert event.signed == (INES,)
    once = published(bylines=("Ines",), signed=(e.Signature(name="Ines", role="Trainee"),))
    assert signed(once, blog, None) is once
    for event in (published(bylines=("Tom",)), published(), ON[0], e.PostWithdrawn(post="one")):
        assert signed(event, blog, None) is event
    assert signed(published(bylines=("Ines",)), None, None) == published(bylines=("Ines",))


def test_an_edit_changes_nothing_of_what_a_byline_said_and_signs_who_is_new() -> None:
    trainee = e.Signature(name="Ines", role="Trainee")
    blog = blog_after(*ON, e.ContributorDescribed(name="Tom", role="Coast"))
    for said in ((trainee,), ()):
        was = run(published(bylines=("Ines",), signed=said)).posts["one"]
        event = signed(revised(bylines=("Ines", "Tom")), blog, was)
        assert isinstance(event, e.PostWords)
        assert event.signed == (*said, e.Signature(name="Tom", role="Coast"))
