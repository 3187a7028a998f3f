"""One process does everything, or several do a part each: what each answers, and how it starts and ends."""

import signal
import urllib.error
from pathlib import Path

import pytest

from asithappened.wiring import served
from asithappened.wiring.roles import ALL, NoSuchRole, Role, roles_of
from tests.delivery.serving import until
from tests.wiring.commanding import command
from tests.wiring.commands.test_serving import SLUG, canonical, home, running
from tests.wiring.working_alone import working

__all__ = ["home"]

LATER = f"""
from datetime import UTC, datetime
from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.desk.draft import Draft
from asithappened.desk.actions import reopen_blog, schedule_post
from asithappened.log import read
by = User.objects.create_superuser("ada@house.example")
blog = read.blog_id("{SLUG}")
reopen_blog(blog, by=by)
draft = Draft(body=body.Doc(content=(body.paragraph("Words of a job."),)))
schedule_post(blog, by=by, draft=draft, at=datetime.now(UTC), once="k")
"""


def test_roles_are_written_one_by_one_or_with_commas_and_none_is_all() -> None:
    assert roles_of([]) == ALL
    assert roles_of(["desk", "worker,delivery"]) == ALL
    assert roles_of(["delivery, desk"]) == {Role.DELIVERY, Role.DESK}
    with pytest.raises(NoSuchRole, match=r"no role cook.*desk, delivery, worker"):
        roles_of(["desk,cook"])


@pytest.mark.terminal
def test_a_process_that_only_delivers_serves_readers_and_says_where_the_desk_is_not(home: Path) -> None:
    with running(home, "--role", "delivery") as server:
        assert b"has begun" in server.get(f"/live/{SLUG}/")
        assert b"<h1" in server.get("/"), "the front page is readers' too"
        assert server.get("/readyz") == b"ready\n"
        for path in ("/desk/", "/accounts/login/"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                server.get(path)
            with refused.value as answer:
                assert answer.code == 503
                assert b"This server serves readers only." in answer.read()
        assert server.told(signal.SIGTERM) == 0


@pytest.mark.terminal
def test_a_worker_alone_listens_nowhere_and_does_what_a_desk_alone_leaves(home: Path) -> None:
    with working(home) as worker, running(home, "--role", "desk,delivery") as server:
        assert "on no port" in worker.said[-1]
        assert not worker.listens()
        assert any(f"process {worker.process.pid}, which listens on no port" in line for line in server.said)
        assert canonical(server.get(f"/live/{SLUG}/")) == f"http://localhost:{server.port}/live/{SLUG}/"
        said = served.server_of(home)
        assert said is not None
        assert said.pid == server.process.pid, "whoever asks where it is served is told"
        assert worker.told(signal.SIGTERM) == 0
        later = command("manage", "shell", "-c", LATER, home=home)
        assert later.returncode == 0, later.stderr
        assert b"Words of a job." not in server.get(f"/live/{SLUG}/")
        with working(home, "--drain", "1"):
            until(lambda: b"Words of a job." in server.get(f"/live/{SLUG}/"))
