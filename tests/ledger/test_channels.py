"""Where something was said, as the sentence prints it."""

import pytest

from tests.ledger.sayings import attributions


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("In a statement on Monday, the club said it was sorry.", "statement"),
        ("The mayor told a news conference that the port was closed.", "news_conference"),
        ("The witness told the court that it was dark.", "court"),
        ("Lind tweeted that the port was closed.", "x"),
        ("Lind posted to Telegram to say that the alert was over.", "telegram"),
        ("The mayor said the port was closed.", ""),
        ("The minutes show that two members voted for a rise.", "document"),
        ("Her letter says that she is tired.", "letter"),
        ("The latest polls suggest that half are against it.", "survey"),
        ("The minister told Mida radio that it was over.", "radio"),
        ("The minister said the radio was off.", ""),
    ],
)
def test_a_channel_is_given_where_the_sentence_prints_it(text: str, channel: str) -> None:
    assert [one.channel for one in attributions(text)] == [channel]


def test_what_is_said_of_a_channel_is_none() -> None:
    assert [one.channel for one in attributions("Lind said the court was right.")] == [""]
