"""Promise of the doctor: it says whether a newsroom's own lists of words can be used."""

from pathlib import Path

import pytest
from django.conf import settings

from asithappened.wiring.doctor import lists


def test_the_doctor_says_whether_a_newsrooms_own_lists_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)

    assert lists.own().result == "ok"
    folder = tmp_path / "lexicons/en"
    folder.mkdir(parents=True)
    (folder / "nonsense.txt").write_text("a = b\n")
    assert lists.own().result == "warn"
    assert f"{folder}/nonsense.txt: There is no list of that name" in lists.own().says
    (folder / "nonsense.txt").unlink()
    assert (lists.own().result, lists.own().says) == ("ok", "0 lists of words of your own, with 0 entries")
