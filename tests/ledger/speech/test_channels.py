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
        ("Lind told a briefing that the port was closed.", "briefing"),
        ("“We are sorry,” Lind said at her first daily briefing.", "briefing"),
        ("In a sworn declaration, the chief, Ana Ruiz, blamed “a crisis”.", "document"),
        ("Lind told followers in a WhatsApp group that the port was closed.", "social"),
        ("Lind suggested on X that the port was closed.", "x"),
        ("Lind suggested on x that the port was closed.", ""),
        ("“It is shut,” Lind reported on a local forum.", "website"),
        ("The indictment accuses Lind of having lied.", "document"),
        ("Lind is telling parliament that the port is closed.", "parliament"),
        ("In a statement foreign secretary Ana Ruiz said it was over.", "statement"),
        ("Lind said in a Facebook post that it was over.", "facebook"),
        ("Lind used his video address on Tuesday to warn that it was not over.", "video_address"),
        ("Lind said on CNN that it was over.", ""),
        ("Lind called the report “fiction”.", ""),
        ("The Mida Geological Survey said it was over.", ""),
        ("“It is over!” yelled a man with a child in a paper crown.", ""),
        ("After a phone call with the king, Lind said it was over.", ""),
        ("During the day Lind reports that it is over.", ""),
    ],
)
def test_a_channel_is_given_where_the_sentence_prints_it(text: str, channel: str) -> None:
    assert [one.channel for one in attributions(text)] == [channel]


def test_a_channel_that_a_sentence_begins_with_is_that_of_all_that_is_said_there() -> None:
    said = attributions("Speaking on national television, Lind urged people to wait and promised that it was over.")
    assert [one.channel for one in said] == ["tv", "tv"]


def test_it_of_a_document_is_said_there() -> None:
    said = attributions("The 38-page indictment says that Lind lied. It also says that he paid.")
    assert [one.channel for one in said] == ["document", "document"]


def test_what_is_said_of_a_channel_is_none() -> None:
    assert [one.channel for one in attributions("Lind said the court was right.")] == [""]
