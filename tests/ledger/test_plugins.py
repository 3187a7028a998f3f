"""Plug-ins are found by entry point, and the example of the documentation is one."""

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from asithappened.ledger import plugins
from asithappened.ledger.plugin_child import GROUP
from asithappened.ledger.plugin_process import Plugin
from asithappened.ledger.suggestions import Hedge, State
from tests.ledger.packages import Package
from tests.ledger.plugging import asked

PAGE = Path(__file__).parents[2] / "docs/suggesters.md"


def test_the_example_of_the_page_is_found_loaded_and_heard_as_it_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = dict(re.findall(r"```(toml|python)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))
    project = tomllib.loads(blocks["toml"])["project"]
    entries = project["entry-points"][GROUP]
    assert entries == {"weather": "weather_words:WeatherWords"}
    package = Package(tmp_path / "site", "weather_words", project["name"], project["version"])
    package.offer({name: value.partition(":")[2] for name, value in entries.items()}, blocks["python"])
    monkeypatch.syspath_prepend(str(package.folder))
    importlib.invalidate_caches()
    assert "weather" in plugins.names()
    assert plugins.faults_of("weather") == []
    with Plugin("weather") as weather:
        said, dropped = asked(weather)
        assert weather.kinds == {"hedge", "state"}
    assert dropped == []
    assert [(one.exact, one.label, one.value) for one in said if isinstance(one, State)] == [
        ("amber warning is in force", "amber warning", "on"),
        ("red warning has been lifted", "red warning", "over"),
    ]
    assert [one.exact for one in said if isinstance(one, Hedge)] == ["may"]
