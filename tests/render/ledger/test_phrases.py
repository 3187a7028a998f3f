"""Promises of the pieces of sentences: what people wrote is escaped and isolated, what is not known leaves no gap."""

from typing import Any, get_args

import pytest

from asithappened.core import ledger_events as le
from asithappened.render.ledger import phrases
from tests.render.blogs import edition
from tests.render.ledger.written import LUND, anchors, at, read, statement


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_there_is_a_phrase_for_every_cue_channel_relay_and_hedge(language: str) -> None:
    printed_as = edition(language=language)

    def said(**more: Any) -> str:
        with printed_as.speaking():
            return read(phrases.provenance(statement(**{"by": LUND} | more), printed_as))

    for kind, values in (("cue", get_args(le.CueClass)), ("hedges", [(one,) for one in get_args(le.HedgeKind)])):
        assert len({said(**{kind: value}) for value in values}) == len(values)
    channels = [le.SaidOn(channel=channel) for channel in get_args(le.Channel)]
    assert len({said(on=on) for on in channels}) == len(channels)
    relays = [(le.RelayedBy(outlet="Mida News", mode=mode),) for mode in get_args(le.RelayMode)]
    assert len({said(relays=relay) for relay in relays}) == len(relays)


def test_a_time_leaves_its_day_out_beside_one_of_the_same_day() -> None:
    assert read(phrases.clock(at(9), edition())) == "12 Nov 2026, 09:00 GMT"
    assert read(phrases.clock(at(9), edition(), beside=at(18))) == "09:00 GMT"
    assert read(phrases.clock(at(9), edition(), beside=at(18, day=13))) == "12 Nov 2026, 09:00 GMT"
    assert phrases.clock(None, edition()) == ""


def test_what_people_wrote_is_escaped_isolated_and_a_link_only_where_a_page_may_have_it() -> None:
    with edition(language="pl").speaking():
        html = phrases.named(le.SaidBy(name="<i>Bo</i> 100%", role="%(who)s"), edition(language="pl"))
        said = phrases.provenance(statement(by=le.SaidBy(name="100% %(who)s")), edition(language="pl"))
    assert html == '<bdi lang="pl" dir="ltr">&lt;i&gt;Bo&lt;/i&gt; 100%, %(who)s</bdi>'
    assert read(said) == "said by 100% %(who)s"
    with edition().speaking():
        assert "href" not in phrases.provenance(
            statement(relays=(le.RelayedBy(outlet="X", url="javascript:alert(1)"),)), edition()
        )


def test_of_several_updates_each_is_a_number() -> None:
    with edition().speaking():
        assert read(phrases.updates(anchors("a"), edition())) == "Read the update"
        assert read(phrases.updates(anchors("a", "b", "a"), edition())) == "In the updates 1, 2"
        assert phrases.updates((), edition()) == ""
    assert phrases.joined(("", "a", "", "b")) == "a · b"
