"""The settings that name a model: all of them or none; a fault is reported with the setting's name."""

import pytest

from asithappened.ledger.model import named
from asithappened.ledger.model.named import Model
from tests.ledger.model.asked import KEY

GOOD = {"ASITHAPPENED_MODEL_URL": "http://10.0.0.5:11434/v1/", "ASITHAPPENED_MODEL": "tiny"}


def test_without_settings_there_is_no_model_and_with_an_address_alone_it_reads_no_live_blog() -> None:
    assert named.named({}, "") is None
    assert named.named(GOOD, "") == Model(url="http://10.0.0.5:11434/v1", name="tiny")
    some = named.named(GOOD | {"ASITHAPPENED_MODEL_BLOGS": "storm  flood", "ASITHAPPENED_MODEL_SECONDS": "9"}, KEY)
    assert some is not None
    assert (some.blogs, some.within_s, some.key) == (frozenset({"storm", "flood"}), 9.0, KEY)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        *(("URL", bad) for bad in ("localhost:1", "ftp://a/v1", "http://", "https://u:p@a/v1", "https://a/v1?key=1",
                                   "https://a/v1#x", "http://[::1", "http://a:99999", "https://a b", "https://ä/v1")),
        ("BLOGS", "*"), ("BLOGS", "storm,flood"), ("BLOGS", "/live/storm/"),
        ("SECONDS", "0"), ("SECONDS", "-1"), ("SECONDS", "601"), ("SECONDS", "soon"), ("SECONDS", "9" * 400),
    ],
)  # fmt: skip
def test_a_setting_that_is_none_is_said_with_its_name(setting: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"ASITHAPPENED_MODEL_{setting} "):
        named.named(GOOD | {f"ASITHAPPENED_MODEL_{setting}": value}, "")


@pytest.mark.parametrize("key", ["two\nlines", "schlüssel"])
def test_a_key_that_no_header_could_carry_is_refused_without_being_said(key: str) -> None:
    with pytest.raises(ValueError, match="MODEL_KEY_FILE") as refused:
        named.named(GOOD, key)
    assert key not in str(refused.value)


def test_a_model_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="ASITHAPPENED_MODEL is missing"):
        named.named({"ASITHAPPENED_MODEL_URL": "http://[::1]/v1"}, "")
