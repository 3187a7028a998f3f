"""An alert at the desk: sent once, with the words that an editor saw, or dropped; and only of what readers have."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asithappened.accounts.models import User
from asithappened.alerts import outgoing
from asithappened.alerts.models import Alert
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk.actions import alerting
from asithappened.desk.models import Act
from tests.desk.conftest import Blog, said
from tests.desk.test_in_json import ask, why

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(blog: Blog, owner: User, editor: User) -> Alert:
    """Return an alert that is proposed to editors."""
    alerting.set_alerts(blog.id, by=owner, mode=e.Alerting.ASKED)
    draft = said("The sea wall has given way.", "Wall breached", e.PostKind.KEY_EVENT)
    post = actions.publish_post(blog.id, by=editor, draft=draft, once="1")
    proposed = outgoing.propose(blog.id, post.id)
    assert proposed is not None
    return proposed


def test_of_two_who_decide_on_an_alert_the_second_is_told(alert: Alert, blog: Blog, editor: User, owner: User) -> None:
    alerting.send_alert(alert, by=editor, text=" The wall\nis breached. ")
    sending, dropping = partial(alerting.send_alert, alert, text="x"), partial(alerting.drop_alert, alert)
    for late in (sending, dropping):
        with pytest.raises(actions.Refused) as refused:
            late(by=owner)
        assert refused.value.refusal.code == "decided"
    alert.refresh_from_db()
    assert (alert.state, alert.text) == (Alert.State.SENDING, "The wall is breached.")
    assert list(Act.objects.filter(verb__endswith="_alert").values_list("verb", "user")) == [("send_alert", editor.pk)]


def test_of_a_post_that_was_withdrawn_meanwhile_nothing_is_sent(alert: Alert, blog: Blog, editor: User) -> None:
    actions.withdraw_post(blog.id, by=editor, post=alert.post)
    with pytest.raises(actions.Refused) as refused:
        alerting.send_alert(alert, by=editor, text="The wall is breached.")
    assert refused.value.refusal.code == "gone"
    alert.refresh_from_db()
    assert alert.state == Alert.State.WAITING


def test_who_does_not_publish_neither_sends_nor_drops(alert: Alert, contributor: User) -> None:
    with pytest.raises(PermissionDenied):
        alerting.send_alert(alert, by=contributor, text="The wall is breached.")
    with pytest.raises(PermissionDenied):
        alerting.drop_alert(alert, by=contributor)


def test_the_page_lists_what_waits_with_its_reach_and_refuses_words_that_say_nothing(
    alert: Alert, blog: Blog, editor: User, browse: Callable[[User | None], Client]
) -> None:
    client = browse(editor)
    assert "Wall breached" in client.get(f"{blog.path}alerts/").content.decode()
    path = f"{blog.path}alerts/{alert.pk}/"
    assert why(ask(client, path, do="send", text=" "))[0] == 422
    status, told = ask(client, path, do="send", text="The wall is breached.")
    assert (status, told["done"]) == (200, "Sent to nobody: no device asked for it.")
