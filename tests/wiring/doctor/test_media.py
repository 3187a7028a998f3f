"""Promises of the doctor about media: a folder that keeps nothing is named, and so is what cannot set Arabic."""

from pathlib import Path

import pytest
from pytest_django import Settings

from asithappened.media.cards import fonts
from asithappened.wiring.doctor import media


def test_a_folder_that_files_cannot_be_kept_in_is_named(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_FOLDER = tmp_path / "media"
    assert media.files().result == "ok"
    (tmp_path / "file").write_text("")
    settings.MEDIA_FOLDER = tmp_path / "file" / "media"
    found = media.files()
    assert found.result == "fail"
    assert str(tmp_path / "file") in found.says


@pytest.mark.parametrize(("shapes", "result"), [(True, "ok"), (False, "warn")])
def test_a_machine_that_joins_no_letters_is_told_what_to_install(
    shapes: bool, result: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "shapes", lambda: shapes)
    assert media.cards().result == result
