"""A web site to be asked."""

from tests.outbound.conftest import site

__all__ = ["site"]
