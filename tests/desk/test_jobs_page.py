"""The desk's page of jobs that wait for a person's word: a site admin's alone, and each button does what it says."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import Job, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs(editor: User) -> dict[State, Job]:
    """Return a job of each state there is."""
    now = CLOCK.now()
    return {
        state: Job.objects.create(
            kind="publish_post", key=state, payload='{"words": "not yet said"}', due=now, try_at=now, put_at=now,
            ended_at=now, state=state, error=f"Why it is <{state}>.", attempts=3, on_behalf_of=editor.pk,
        )
        for state in State
    }  # fmt: skip


def test_a_site_admin_sees_those_that_wait_and_nobody_else_sees_any(
    jobs: dict[State, Job],
    admin: User,
    owner: User,
    editor: User,
    contributor: User,
    stranger: User,
    browse: Callable[[User | None], Client],
) -> None:
    page = browse(admin).get("/desk/jobs/").content.decode()
    for state in (State.DEAD, State.UNSURE, State.FORBIDDEN):
        assert f"Why it is &lt;{state}&gt;." in page
    for state in set(State) - {State.DEAD, State.UNSURE, State.FORBIDDEN}:
        assert f"Why it is &lt;{state}&gt;." not in page
    assert "not yet said" not in page
    number = jobs[State.DEAD].pk
    for person in (owner, editor, contributor, stranger):
        for path in ("/desk/jobs/", f"/desk/jobs/{number}/", "/desk/jobs/999999/"):
            assert browse(person).get(path).status_code == 403
        assert browse(person).post(f"/desk/jobs/{number}/", {"do": "discard"}).status_code == 403
        assert "/desk/jobs/" not in browse(person).get("/desk/").content.decode()
    assert "/desk/jobs/" in browse(admin).get("/desk/").content.decode()
    assert Job.objects.get(pk=number).state == State.DEAD


@pytest.mark.parametrize(
    ("was", "word", "becomes"),
    [
        (State.DEAD, "again", State.WAITING),
        (State.DEAD, "discard", State.DISCARDED),
        (State.FORBIDDEN, "again", State.WAITING),
        (State.UNSURE, "again", State.WAITING),
        (State.UNSURE, "arrived", State.DONE),
    ],
)
def test_each_button_says_first_what_it_means_and_then_does_it(
    jobs: dict[State, Job],
    admin: User,
    browse: Callable[[User | None], Client],
    was: State,
    word: str,
    becomes: State | None,
) -> None:
    client = browse(admin)
    path = f"/desk/jobs/{jobs[was].pk}/"
    assert f'value="{word}"' in client.get(path).content.decode()
    answer = client.post(path, {"do": word}, follow=True)
    assert answer.redirect_chain == [("/desk/jobs/", 302)]
    assert f"Why it is &lt;{was}&gt;." not in answer.content.decode()
    settled = Job.objects.get(pk=jobs[was].pk)
    assert (settled.state, settled.settled_by) == (becomes, admin.pk)


def test_who_comes_second_is_told_and_changes_nothing(
    jobs: dict[State, Job], admin: User, browse: Callable[[User | None], Client]
) -> None:
    client = browse(admin)
    for state, word in ((State.DONE, "again"), (State.WAITING, "discard"), (State.DEAD, "arrived")):
        path = f"/desk/jobs/{jobs[state].pk}/"
        page = client.get(path).content.decode()
        assert f'value="{word}"' not in page
        answer = client.post(path, {"do": word}, follow=True)
        assert "Nothing was changed." in answer.content.decode()
        assert Job.objects.get(pk=jobs[state].pk).state == state


def test_a_job_that_is_not_there_is_not_found(admin: User, browse: Callable[[User | None], Client]) -> None:
    assert browse(admin).get("/desk/jobs/999999/").status_code == 404
