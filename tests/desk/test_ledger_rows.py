"""The ledger at the desk: its tab and page list what there is, its forms record it by hand in the live blog's zone."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk.actions import ledger, sources
from asithappened.desk.models import Source
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.desk.test_resting import row

pytestmark = pytest.mark.django_db


class Form(HTMLParser):
    """What a browser sends of the form that a button is in, as the page has it."""

    def __init__(self, html: str, do: str) -> None:
        """Read it."""
        super().__init__()
        self.sent: dict[str, Any] = {}
        self.area: str | None = None
        self.chosen = ""
        self.feed(next(one for one in re.findall(r"<form.*?</form>", html, re.S) if f'value="{do}"' in one))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an input, or begin an area or a list."""
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "textarea":
            self.area = name
        elif tag == "select":
            self.chosen = name
        elif tag == "option" and ("selected" in said or self.chosen not in self.sent):
            self.sent[self.chosen] = said["value"]
        elif tag == "input" and said.get("type") != "checkbox":
            self.sent[name] = said.get("value", "")
        elif tag == "input" and "checked" in said:
            self.sent.setdefault(name, []).append(said["value"])

    def handle_data(self, data: str) -> None:
        """Take what stands in an area."""
        if self.area:
            self.sent[self.area], self.area = data.removeprefix("\n"), None


def form(client: Client, path: str, do: str) -> dict[str, Any]:
    """Return what a browser sends of a form with this button."""
    return Form(client.get(path).content.decode(), do).sent


def state(
    blog: Blog, editor: User, id_: str, text: str, status: e.Verification | None = None, name: str = "Bo Lund"
) -> None:
    """Record a statement, and say what is known of it."""
    by = sources.said_by(name, kind=e.SourceKind.PERSON, role="", by=editor)
    ledger.record_statement(blog.id, by=editor, statement=e.StatementRecorded(statement=id_, text=text, by=by))
    if status:
        ledger.assess_statement(blog.id, by=editor, statement=id_, status=status)


@pytest.fixture
def day(blog: Blog, editor: User) -> None:
    """Record a day of three statements and a series."""
    state(blog, editor, "old", "The bridge is shut.")
    state(blog, editor, "new", "A boat is missing.", e.Verification.DISPUTED, name="The coastguard")
    state(blog, editor, "done", "The crew is safe.", e.Verification.VERIFIED)
    values = [e.SeriesMoved(series="homes", value=value, modifier="about") for value in (4600, 11400)]
    ledger.record_series(blog.id, by=editor, series=e.SeriesRecorded(series="homes", label="Homes"), values=values)


def test_the_tabs_count_is_of_open_statements_and_its_mark_moves_when_any_row_does(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, day: None
) -> None:
    client, beat = browse(editor), json.dumps({"version": 1, "do": "beat", "tab": "tab-of-ada"})

    def told() -> Any:
        answer = client.post(f"{blog.path}beat/", beat, content_type="application/json").json()
        return answer["counts"]["ledger"], answer["marks"]["ledger"]

    count, mark = told()
    assert count == 2
    ledger.move_series(blog.id, by=editor, value=e.SeriesMoved(series="homes", value=12000))
    assert told()[0] == 2
    assert told()[1] > mark
    ledger.assess_statement(blog.id, by=editor, statement="old", status=e.Verification.FALSE)
    assert told()[0] == 1


def test_a_statement_is_recorded_by_form_from_words_of_a_post_and_sent_twice_is_one(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("The mayor says the harbour wall holds."), once="1")
    client, path = browse(editor), f"{blog.path}ledger/statement/?post={post.id}&words=the+harbour+wall+holds"
    sent = {
        **form(client, path, "record"),
        "text": "Die Hafenmauer hält.",
        "source": "Bo Lund",
        "source_kind": "government",
        "stated_at": "2026-07-01 06:00",
        "channel": "interview",
        "channel_name": "Radio Mida",
        "relays-0-outlet": "Mida News",
        "relays-0-mode": "citing",
        "hedges": ["unconfirmed", "reported"],
        "do": "record",
    }
    for _ in range(2):
        assert client.post(path, sent).status_code == 302
    (found,) = read.rows(blog.id, e.STATEMENT)
    assert found.stated_at == datetime(2026, 7, 1, 5, 0, tzinfo=UTC)  # London's summer
    assert found.by == e.SaidBy(name="Bo Lund", kind=e.SourceKind.GOVERNMENT, source=Source.objects.get().key)
    assert found.on == e.SaidOn(channel="interview", name="Radio Mida")
    assert found.relays == (e.RelayedBy(outlet="Mida News", mode="citing"),)
    assert found.hedges == ("unconfirmed", "reported")
    (anchor,) = found.anchors
    assert (anchor.post, anchor.exact, anchor.prefix) == (post.id, "the harbour wall holds", "The mayor says ")
    again = {
        **form(client, f"{blog.path}ledger/statement/{found.id}/", "record"),
        "hedges": ["reported"],
        "do": "record",
    }
    assert client.post(f"{blog.path}ledger/statement/{found.id}/", again).status_code == 302
    assert row(blog, e.STATEMENT, found.id).hedges == ("reported",)
    assert row(blog, e.STATEMENT, found.id).anchors == found.anchors


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": ""}, "text"),
        ({"stated_at": "soon"}, "stated_at"),
        ({"stated_at": "2026-03-29 01:30"}, "stated_at"),
        ({"post": "no-such-post"}, "words"),
        ({"relays": [{"outlet": ""}]}, "relays"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_recorded(
    browse: Callable[[User | None], Client],
    editor: User,
    blog: Blog,
    sent: dict[str, list[dict[str, str]]] | dict[str, str],
    field: str,
) -> None:
    body = {"version": 1, "do": "record", "text": "The wall holds.", **sent}
    answer = browse(editor).post(f"{blog.path}ledger/statement/", body, content_type="application/json")
    assert (answer.status_code in {409, 422}, answer.json()["refused"][0]["field"]) == (True, field)
    assert read.rows(blog.id, e.STATEMENT) == []


def test_a_value_is_moved_and_taken_back_by_form(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, day: None
) -> None:
    client, path = browse(editor), f"{blog.path}ledger/series/homes/"
    sent = {**form(client, path, "move"), "value": "12,000", "do": "move"}
    assert client.post(path, sent).status_code == 302
    newest = row(blog, e.SERIES, "homes").newest
    assert newest.value == 12000
    assert client.post(path, {"do": "take_back", "value": newest.seq}).status_code == 302
    assert row(blog, e.SERIES, "homes").newest.value == 11400


def test_only_an_owner_has_the_button_that_erases(
    browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog, day: None
) -> None:
    sent, path = {"version": 1, "do": "erase", "reason": ""}, f"{blog.path}ledger/statement/old/change/"
    refused = browse(editor).post(path, sent, content_type="application/json")
    assert refused.json()["refused"][0]["code"] == "unknown_button"
    assert browse(owner).post(path, sent, content_type="application/json").status_code == 200
    assert browse(editor).get(f"{blog.path}ledger/statement/old/").status_code == 404


def test_uses_of_a_source_are_told_of_live_blogs_that_one_publishes_on_alone(
    browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog, day: None
) -> None:
    state(blog, editor, "more", "Nobody else has this.")
    made = Source.objects.get(name="Bo Lund")
    other = actions.open_blog(by=owner, slug="hidden", title="A hidden live blog").blog
    secret = e.StatementRecorded(statement="s", text="A hidden statement.", by=e.SaidBy(name="Bo Lund"))
    ledger.record_statement(other, by=owner, statement=secret)
    mine = browse(editor).get(f"/desk/sources/{made.pk}/").content.decode()
    assert "The bridge is shut." in mine
    assert "idden" not in mine.split("<main", 1)[1].split("</main>")[0].replace('type="hidden"', "")
    assert "A hidden statement." in browse(owner).get(f"/desk/sources/{made.pk}/").content.decode()
