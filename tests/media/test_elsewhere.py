"""With an S3-compatible store: a real one answers, from a wheel, on a port of this machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.events import Audience
from asithappened.desk import actions, waiting_words
from asithappened.desk.draft import Draft
from asithappened.jobs.models import Job
from asithappened.jobs.running import given
from asithappened.log import follow
from asithappened.media import consume, deletion, mentions
from asithappened.media.store import store
from asithappened.wiring.doctor import media as doctor
from tests.media.brought import picture, shown
from tests.media.buckets import Bucket, storages

pytestmark = [pytest.mark.terminal, pytest.mark.django_db]


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    """Return a bucket that is there for as long as these tests."""
    one = Bucket()
    yield one
    one.stop()


@pytest.fixture
def elsewhere(settings: Settings, monkeypatch: pytest.MonkeyPatch, bucket: Bucket, tmp_path: Path) -> Bucket:
    """Have files lie in the bucket."""
    settings.STORAGES = {**settings.STORAGES, **storages(bucket, monkeypatch)}
    settings.MEDIA_FOLDER = tmp_path / "media"
    return bucket


@pytest.fixture
def owner() -> User:
    """Return somebody of the newsroom."""
    return User.objects.create_user("owner@house.example", is_staff=True)


def test_the_bucket_has_every_file_the_disk_is_a_cache_and_an_erasure_empties_both(
    elsewhere: Bucket, owner: User, tmp_path: Path, client: Client
) -> None:
    blog = actions.open_blog(by=owner, slug="storm", title="Storm", audience=Audience.EVERYONE).blog
    row = picture(blog, owner, tmp_path)
    names = {f"live/{row.pk[:2]}/{row.pk}/{name}" for name in ("original", "640.webp", "640.jpg", "320.webp")}
    assert names < set(elsewhere.keys())
    kept = store().fetch(row.pk, "640.webp").read_bytes()
    shutil.rmtree(tmp_path / "media")
    client.force_login(owner)
    answer = client.get(f"/desk/live/storm/media/{row.pk}/640.webp")
    assert (answer.status_code, answer.content) == (200, kept)
    assert store().on_disk(row.pk, "640.webp") is not None

    draft = Draft(title="Wall", body=body.Doc(content=(shown(row),)))
    post = actions.publish_post(blog, by=owner, draft=draft, once="1")
    follow.catch_up(consume)
    actions.erase_post(blog, by=owner, post=post.id)
    follow.catch_up(consume)
    for job in Job.objects.filter(kind=mentions.LET_GO):
        deletion.kind(waiting_words.mentioned).run(given(job))
    assert elsewhere.keys() == []
    assert client.get(f"/desk/live/storm/media/{row.pk}/640.webp").status_code == 404


def test_the_doctor_asks_the_bucket(elsewhere: Bucket, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    assert doctor.files().result == "ok"
    assert elsewhere.keys() == []
    settings.STORAGES["media"]["OPTIONS"]["bucket_name"] = "no-such-bucket"
    settings.STORAGES = {**settings.STORAGES}
    found = doctor.files()
    assert found.result == "fail"
    assert "ASITHAPPENED_MEDIA_S3" in found.do
