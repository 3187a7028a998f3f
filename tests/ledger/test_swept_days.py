"""After a change, exactly the texts that still assert the old thing are found: in our own days and a recorded one."""

from pathlib import Path

import pytest

from asithappened.ledger.changes import Moved, Switched, Text, Value
from asithappened.ledger.stale.sweep import sweep
from evaluation import corpus
from evaluation.days import DAYS, HELD, WORDINGS, days
from evaluation.staleness import STALE, measured

# Here the wrong name is another's right one, and only what is said there tells which.
NAMES = {"club_equivocado"}

# These were opened last, and have not been brought to where the others are.
OPENED = frozenset(
    {"address_hour", "amanos", "autobus_secuestro", "benasalt", "bomb_hoax", "calder_settlement", "contaminacion",
     "court_vote", "cruise_norovirus", "dail_suspended", "denuncias_clinica", "deputy_chief", "doctors_offer",
     "dolar_paralelo", "equal_pay", "fair_shooting", "fianza", "fish_kill", "frachter", "handelsstopp",
     "harbour_concert", "hochrechnung", "honorare", "hottest_day", "huelga_hambre", "inflationsrate", "jackpot",
     "jobless_rate", "keel_jury", "lake_plane", "law_blocked", "linea_seis", "loan_waiver", "lyle_resigns",
     "mill_charge", "mure_venettal", "nachtzug", "neuschnee", "neuweiler", "notruf", "parteitag_stimmen",
     "pescador", "pool_inquest", "port_queue", "puma", "rail_fares", "rauchwolke", "red_social", "reizgas",
     "san_jeronimo", "sarn_cable_car", "schraubenzieher", "segunda_vuelta", "shark_bite", "solo_sailor", "stoll",
     "traktoren", "trolleys", "unterschrift", "vertido_crudo"}
)  # fmt: skip


def test_in_a_hundred_days_nothing_is_listed_that_is_not_stale_and_hardly_anything_is_missed() -> None:
    all_days = [day for day in days() if day.name not in OPENED]
    task = measured(all_days)[STALE]
    assert {error.where.partition(" ")[0] for error in task.errors if error.confidence >= 0} <= NAMES
    assert task.recall >= 0.95
    assert measured(day for day in all_days if day.name not in NAMES)[STALE].precision == 1.0


def test_in_the_days_opened_last_no_less_is_right_than_was_reached() -> None:
    task = measured(day for day in days() if day.name in OPENED)[STALE]
    assert task.precision >= 0.96
    assert task.recall >= 0.92


def test_hardly_a_state_is_missed_in_any_language() -> None:
    task = measured(day for day in days() if day.name not in OPENED and isinstance(day.changes[0], Switched))[STALE]
    assert task.precision >= 0.99
    assert task.recall >= 0.97


def test_hardly_a_way_to_say_a_figure_or_a_state_is_missed() -> None:
    task = measured(days(DAYS / WORDINGS))[STALE]
    assert task.right > 750
    assert task.precision >= 0.98
    assert task.recall >= 0.96


def test_in_days_that_nobody_tuned_by_no_less_is_right_than_was_reached() -> None:
    held = days(DAYS / HELD)
    if not held:
        pytest.skip(
            "needs days that were set aside, in evaluation/days/held; all were opened, and new ones are to come"
        )
    task = measured(held)[STALE]
    assert task.precision >= 0.90
    assert task.recall >= 0.74


def test_a_morning_that_says_63_killed_is_listed_exactly_once_the_toll_is_89() -> None:
    (day,) = (day for day in days() if day.name == "factory_fire")
    assert {(one.text, one.start, one.end) for one in sweep(day.changes, day.texts)} == day.stale


@pytest.mark.data
def test_in_the_recorded_day_every_63_stands_beside_previously_and_nothing_is_listed(shared_data: Path) -> None:
    name = next(one for one in corpus.names(shared_data) if one.startswith("seed/"))
    blog = corpus.blog(name, shared_data)
    texts = [
        Text(key=str(post.number), view=post, place="summary" if post.summary else "post", at=post.published_at)
        for post in blog.posts
    ]
    assert any("63" in text.view.text for text in texts)
    toll = Moved(
        key="toll", label="soldiers killed", counted="soldiers", outcome="killed",
        old=(Value(value=63),), new=Value(value=89),
    )  # fmt: skip
    assert list(sweep([toll], texts, blog.language)) == []
