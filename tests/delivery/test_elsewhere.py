"""A picture that lies in an S3-compatible store, and delivery in front: brought to the disk once, and taken back."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as ours

from asithappened.core import events as e
from asithappened.core import media
from asithappened.jobs.clock import CLOCK
from asithappened.media.models import Media
from asithappened.media.store import store
from asithappened.wiring.asgi import Newsroom
from tests.delivery.conftest import KEY
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served
from tests.delivery.test_media import HEIGHT, WIDTH, Picture
from tests.media.buckets import Bucket, storages

pytestmark = pytest.mark.terminal


def test_what_readers_may_have_is_fetched_to_the_disk_once_served_by_delivery_and_nobodys_when_it_is_withdrawn(
    database: Path | str,
    blog: Blog,
    settings: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bucket = Bucket()
    settings.STORAGES = {**ours.STORAGES, **storages(bucket, monkeypatch)}  # type: ignore[attr-defined]
    served = Served("fast", database, Path(ours.DOORBELLS), KEY, behind=Newsroom(threads=2), session_cookie="session")
    settings.MEDIA_FOLDER = served.media  # type: ignore[attr-defined]
    served.start()
    try:
        picture = Picture(served)
        Media.objects.create(
            id=picture.id, digest=picture.digest, bytes=1, created=CLOCK.now(), kind="picture", state="ready",
            media_type="image/webp", width=WIDTH, height=HEIGHT,
        )  # fmt: skip
        folder = served.media / media.path(picture.id, "")
        store().keep(picture.id, {name: folder / name for name in media.files(WIDTH)})
        shutil.rmtree(folder)
        path, whole = picture.path(blog, "seen", "640.webp"), picture.files["640.webp"]
        assert served.get(path).status == 404  # in no post

        blog.publish(picture.post("seen"))
        assert (served.get(path).status, served.get(path).raw) == (200, whole)
        assert [one.name for one in folder.iterdir()] == ["640.webp"]
        bucket.stop()  # from now on the disk is all there is
        answer = served.warm(path)
        assert (answer.status, answer.raw, answer["cache-control"]) == (200, whole, "public, max-age=300")
        assert served.get(path, range="bytes=0-9").raw == whole[:10]

        blog.publish(e.PostWithdrawn(post="seen"))
        assert [served.get(picture.path(blog, "seen", name)).status for name in ("640.webp", "320.webp")] == [404, 404]
    finally:
        served.stop()
        bucket.stop()
