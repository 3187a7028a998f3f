"""Promises of `delivery.metrics`: metrics are of a process, and none shows how many readers one blog has."""

from asithappened.delivery.metrics import Metrics


def test_every_number_is_named_after_the_product_and_explained_and_none_is_of_one_blog() -> None:
    metrics = Metrics()
    metrics.refusals.labels("full").inc()
    for metric in metrics.registry.collect():
        assert metric.name.startswith("asithappened_"), metric.name
        assert metric.documentation, metric.name
        assert {label for sample in metric.samples for label in sample.labels} <= {"why", "le"}, metric.name


def test_two_processes_in_one_interpreter_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.readers.inc()
    assert other.registry.get_sample_value("asithappened_readers") == 0
