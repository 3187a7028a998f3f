"""A web site for tests of lookups."""

from tests.outbound.conftest import site

__all__ = ["site"]
