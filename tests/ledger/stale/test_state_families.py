"""What a change of state leaves behind, and what it comes to, by the families of the list `states`."""

from asithappened.ledger.changes import Switched, Value
from asithappened.ledger.stale.state_families import Sides, groups_of, sides


def of(old: str, new: str, *groups: str, language: str = "en") -> Sides:
    return sides(Switched(key="s", label="it", old=(Value(words=old),), new=Value(words=new)), groups, language)


def test_what_is_shut_contradicts_whatever_runs() -> None:
    found = of("closed", "open", "way")
    assert {("way", "closed"), ("service", "suspended")} <= found.old
    assert {("way", "open"), ("service", "running")} <= found.new
    assert not found.old & found.new


def test_of_a_bus_strike_the_strike_counts_and_buses_stand_still() -> None:
    found = of("under way", "over", "strike", "service")
    assert {("strike", "under way"), ("service", "suspended")} <= found.old
    assert ("service", "running") in found.new


def test_somebody_missing_who_is_found_was_not_at_large() -> None:
    found = of("missing", "found safe", "person")
    assert {value for _, value in found.old} == {"missing"}
    assert {value for _, value in found.new} == {"found"}


def test_of_a_kind_without_a_family_every_value_excludes_every_other() -> None:
    found = of("silent", "back in contact", "satellite")
    assert found == Sides(frozenset({("satellite", "silent")}), frozenset({("satellite", "in contact")}))


def test_whoever_resigned_was_in_office_whatever_that_was_called() -> None:
    assert ("post", "in office") in of("minister", "resigned", "post").old


def test_a_value_that_no_list_has_has_no_family() -> None:
    assert of("mauve", "beige") == Sides(frozenset(), frozenset())


def test_a_label_is_of_its_groups() -> None:
    assert "way" in groups_of(["airport"], "en")
    assert "alert" in groups_of(["zone"], "de")
