"""Who goes on speaking where a post begins with a pronoun."""

from collections.abc import Iterator

import pytest

from asithappened.ledger.speech.continuing import LATELY, Cast, Casts, goes_on
from asithappened.ledger.speech.entities import Entity
from tests.ledger.sayings import Continued, continued, who_speaks

ANA, JAN = Entity("Ana Ruiz", "person", "female"), Entity("Jan Osei", "person", "male")


@pytest.mark.parametrize("post", continued("continuing.txt"), ids=lambda post: post.text[:60])
def test_who_goes_on_speaking_is_who_alone_spoke_in_the_posts_before(post: Continued) -> None:
    assert who_speaks(post) == post.who


def test_posts_before_are_read_once_and_no_more_of_them_than_are_asked_for() -> None:
    read = list[int]()

    def casts() -> Iterator[Cast]:
        for number in range(LATELY + 3):
            read.append(number)
            yield Cast((JAN,), ())

    lately = Casts(casts())
    assert goes_on(lately, "he") == JAN
    assert goes_on(lately, "he") == JAN
    assert len(read) == 1
    assert goes_on(lately, "she") is None
    assert len(read) == LATELY


def test_of_two_who_spoke_nobody_goes_on() -> None:
    tom = Entity("Tom Hart", "person", "male")
    assert goes_on([Cast((JAN, tom), ())], "he") is None
    assert goes_on([Cast((JAN, ANA), ())], "he") == JAN
    assert goes_on([Cast((JAN,), (tom,)), Cast((JAN,), ())], "he") == JAN
    assert goes_on([Cast((JAN,), (tom,)), Cast((tom,), ())], "he") is None
